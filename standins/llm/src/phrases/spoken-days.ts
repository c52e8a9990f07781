import type { Language } from '../language.ts'
import { countNights, type Day, toParts } from '../understand/day.ts'

const months: Readonly<Record<Language, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
    ' ',
  ),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
    ' ',
  ),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
    ' ',
  ),
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(
    ' ',
  ),
  hi: 'जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर'.split(' '),
}

const englishDays =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  )
// Written out, since "3." reads like the end of a sentence to whoever cuts the text for speech.
const germanDays =
  'ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten einundzwanzigsten zweiundzwanzigsten dreiundzwanzigsten vierundzwanzigsten fünfundzwanzigsten sechsundzwanzigsten siebenundzwanzigsten achtundzwanzigsten neunundzwanzigsten dreißigsten einunddreißigsten'.split(
    ' ',
  )
// Beyond this the year is not plain from the month.
const yearIsSaidAfterNights = 330

/** "from the third to the fifth of December": a stay as it is spoken. */
export function toSpokenStay(
  stay: { readonly checkIn: Day; readonly checkOut: Day },
  language: Language,
  today: Day,
): string {
  const from = toParts(stay.checkIn)
  const until = toParts(stay.checkOut)
  const isOneMonth = from.month === until.month && from.year === until.year
  const year = countNights(today, stay.checkIn) > yearIsSaidAfterNights ? ` ${until.year}` : ''
  const startMonth = months[language][from.month - 1] ?? ''
  const endMonth = months[language][until.month - 1] ?? ''
  switch (language) {
    case 'en': {
      const start = `the ${englishDays[from.day - 1]}${isOneMonth ? '' : ` of ${startMonth}`}`
      return `from ${start} to the ${englishDays[until.day - 1]} of ${endMonth}${year}`
    }
    case 'de': {
      const start = `${germanDays[from.day - 1]}${isOneMonth ? '' : ` ${startMonth}`}`
      return `vom ${start} bis zum ${germanDays[until.day - 1]} ${endMonth}${year}`
    }
    case 'fr': {
      const day = (number: number) => (number === 1 ? '1er' : String(number))
      const start = `${day(from.day)}${isOneMonth ? '' : ` ${startMonth}`}`
      return `du ${start} au ${day(until.day)} ${endMonth}${year}`
    }
    case 'es': {
      const start = `${from.day}${isOneMonth ? '' : ` de ${startMonth}`}`
      return `del ${start} al ${until.day} de ${endMonth}${year && ` de${year}`}`
    }
    case 'it': {
      const withArticle = (number: number, article: string) =>
        number === 8 || number === 11 ? `${article}l'${number}` : `${article}l ${number}`
      const start = `${withArticle(from.day, 'da')}${isOneMonth ? '' : ` ${startMonth}`}`
      return `${start.replace("dal'", "dall'")} ${withArticle(until.day, 'a').replace("al'", "all'")} ${endMonth}${year}`
    }
    case 'hi': {
      return `${from.day} ${startMonth} से ${until.day} ${endMonth}${year} तक`
    }
    default:
      return language satisfies never
  }
}

import type { Random } from './random.ts'

const months: Readonly<Record<string, readonly string[]>> = {
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
  hi: 'जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर'.split(' '),
}
/** Some days and years as they are said, with what they are. */
const spokenDays: Readonly<Record<string, readonly string[]>> = {
  en: ['third of', 'twenty first of', 'thirtieth of', 'twelfth of', 'ninth of'],
  de: ['dritter', 'einundzwanzigster', 'dreißigster', 'zwölfter', 'neunter'],
  fr: ['trois', 'vingt et un', 'trente', 'douze', 'premier'],
  es: ['tres de', 'veintiuno de', 'treinta de', 'doce de', 'primero de'],
  it: ['tre', 'ventuno', 'trenta', 'dodici', 'primo'],
  hi: ['तीन', 'इक्कीस', 'तीस', 'बारह', 'पहली'],
}
const spokenYears: Readonly<Record<string, readonly string[]>> = {
  en: ['nineteen eighty four', 'nineteen sixty nine', 'two thousand and one', 'nineteen fifty'],
  de: [
    'neunzehnhundertvierundachtzig',
    'neunzehnhundertneunundsechzig',
    'zweitausendeins',
    'fünfzig',
  ],
  fr: ['mille neuf cent quatre-vingt-quatre', 'mille neuf cent soixante-neuf', 'deux mille un'],
  es: ['de mil novecientos ochenta y cuatro', 'del sesenta y nueve', 'de dos mil uno'],
  it: ['millenovecentottantaquattro', 'millenovecentosessantanove', 'duemilauno'],
  hi: ['उन्नीस सौ चौरासी', 'उन्नीस सौ उनहत्तर', 'दो हजार एक'],
}

export function makeBirth(
  random: Random,
  { language, spoken }: { language: string; spoken: boolean },
): string {
  const month = random.pick(months[language] ?? [])
  if (spoken) {
    return `${random.pick(spokenDays[language] ?? [])} ${month} ${random.pick(spokenYears[language] ?? [])}`.toLowerCase()
  }
  const day = 1 + random.int(28)
  const year = 1930 + random.int(78)
  const two = (value: number) => String(value).padStart(2, '0')
  const number = 1 + random.int(12)
  const glue = language === 'es' ? ' de ' : ' '
  const ordinal =
    language === 'de'
      ? `${day}.`
      : language === 'en'
        ? random.pick([`${day}th`, `${day}`])
        : `${day}`
  return random.pick([
    ...[
      `${two(day)}.${two(number)}.${year}`,
      `${day}/${number}/${year}`,
      `${year}-${two(number)}-${two(day)}`,
    ],
    `${ordinal}${glue}${month}${glue}${year}`,
  ])
}

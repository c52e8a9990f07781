import { type LineLanguage, lineLanguage } from '@trunkline/contracts'

interface PresenceWords {
  /** Asks whether we are there, whenever it is said. */
  readonly asks: readonly string[]
  /** Greets at the beginning of a call; later it asks the same. */
  readonly calls: readonly string[]
  /** Says nothing by itself. */
  readonly fillers: readonly string[]
  /** The answers, in turn. */
  readonly answers: readonly [string, string]
}

const words: Readonly<Record<LineLanguage, PresenceWords>> = {
  en: {
    asks: [
      'are you there',
      'are you still there',
      'you there',
      'still there',
      'can you hear me',
      'do you hear me',
      'is anyone there',
      'is anybody there',
      'is somebody there',
      'anyone there',
      'anybody there',
      'are you still on the line',
    ],
    calls: ['hello', 'hi', 'hey'],
    fillers: ['er', 'um', 'uh', 'excuse me', 'sorry', 'now'],
    answers: ['Yes, I am here.', 'I am here, and I can hear you.'],
  },
  de: {
    asks: [
      'sind sie da',
      'sind sie noch da',
      'bist du da',
      'bist du noch da',
      'horen sie mich',
      'konnen sie mich horen',
      'hort mich jemand',
      'ist da jemand',
      'ist jemand da',
      'noch da',
      'sind sie noch dran',
      'sind sie noch in der leitung',
    ],
    calls: ['hallo', 'ja hallo', 'hallochen'],
    fillers: ['ah', 'ahm', 'ja', 'entschuldigung', 'jetzt'],
    answers: ['Ja, ich bin da.', 'Ich bin da und höre Sie.'],
  },
  fr: {
    asks: [
      'vous etes la',
      'etes vous la',
      'vous etes toujours la',
      'etes vous toujours la',
      'vous m entendez',
      'm entendez vous',
      'est ce que vous m entendez',
      'il y a quelqu un',
      'y a t il quelqu un',
      'tu es la',
      'vous etes encore la',
      'quelqu un',
    ],
    calls: ['allo', 'bonjour', 'allo allo'],
    fillers: ['euh', 'oui', 'pardon', 'excusez moi'],
    answers: ['Oui, je suis là.', 'Je suis là et je vous entends.'],
  },
  es: {
    asks: [
      'esta ahi',
      'sigue ahi',
      'esta usted ahi',
      'sigue usted ahi',
      'estas ahi',
      'sigues ahi',
      'me oye',
      'me escucha',
      'puede oirme',
      'hay alguien',
      'hay alguien ahi',
      'me oyes',
      'me escuchas',
    ],
    calls: ['hola', 'oiga', 'diga', 'digame', 'alo', 'bueno'],
    fillers: ['eh', 'si', 'perdon', 'perdone'],
    answers: ['Sí, estoy aquí.', 'Estoy aquí y le oigo.'],
  },
  it: {
    asks: [
      'e li',
      'e ancora li',
      'c e qualcuno',
      'c e',
      'ci sei',
      'sei li',
      'sei ancora li',
      'mi sente',
      'mi senti',
      'riesce a sentirmi',
      'e ancora in linea',
      'c e nessuno',
      'mi sentite',
    ],
    calls: ['pronto', 'ciao', 'buongiorno', 'ehi'],
    fillers: ['eh', 'si', 'scusi', 'mi scusi'],
    answers: ['Sì, sono qui.', 'Sono qui e la sento.'],
  },
  hi: {
    asks: [
      'आप हैं',
      'क्या आप हैं',
      'आप वहाँ हैं',
      'क्या आप वहाँ हैं',
      'आप लाइन पर हैं',
      'क्या आप लाइन पर हैं',
      'सुन रहे हैं',
      'आप सुन रहे हैं',
      'क्या आप सुन रहे हैं',
      'आवाज़ आ रही है',
      'मेरी आवाज़ आ रही है',
      'क्या मेरी आवाज़ आ रही है',
      'कोई है',
      'क्या कोई है',
      'सुनाई दे रहा है',
    ],
    calls: ['हैलो', 'हेलो', 'हलो', 'अरे'],
    fillers: ['जी', 'सुनिए', 'माफ़ कीजिए'],
    answers: ['जी, मैं यहीं हूँ।', 'मैं यहीं हूँ और आपको सुन रही हूँ।'],
  },
}

/** Longer is no bare question whether we are there. */
const maxCharacters = 120

/** Tells whether a caller asks for nothing but whether somebody is there. */
export interface Presence {
  /** @param language BCP 47; @param isFirst nothing was said in the call before: "hello" is a greeting then */
  isAsked(text: string, options: { language: string; isFirst: boolean }): boolean
  /** Another one of two each time: `count` of what was said before. */
  answer(language: string, count: number): string
}

export function createPresence(): Presence {
  const compiled: Readonly<Record<LineLanguage, Compiled>> = {
    ...{ en: compile(words.en), de: compile(words.de), fr: compile(words.fr) },
    ...{ es: compile(words.es), it: compile(words.it), hi: compile(words.hi) },
  }
  return {
    isAsked(text, { language, isFirst }) {
      const { asks, whole } = compiled[toKnown(language)]
      const speech = normalize(text.slice(0, maxCharacters))
      if (text.length > maxCharacters || !whole.test(speech)) return false
      return asks.test(speech) || !isFirst
    },
    answer: (language, count) => words[toKnown(language)].answers[count % 2 === 0 ? 0 : 1],
  }
}

interface Compiled {
  readonly asks: RegExp
  /** Nothing but such words, and one of them that asks or calls. */
  readonly whole: RegExp
}

function compile({ asks, calls, fillers }: PresenceWords): Compiled {
  const anyOf = (phrases: readonly string[]) =>
    [...phrases]
      .sort((left, right) => right.length - left.length)
      .map((phrase) => normalize(phrase).trim())
      .join('|')
  const filler = `(?: (?:${anyOf(fillers)}))*`
  return {
    asks: new RegExp(` (?:${anyOf(asks)}) `),
    whole: new RegExp(`^${filler}(?: (?:${anyOf([...asks, ...calls])})${filler})+ $`),
  }
}

function normalize(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
  return ` ${plain.trim()} `
}

function toKnown(language: string): LineLanguage {
  const known = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  return known.success ? known.data : 'en'
}

import { type Line, type LineLanguage, lineLanguage } from '@trunkline/contracts'

export interface LineSpeech {
  readonly language: string
  readonly voice: string
  readonly greeting: string
  readonly apology: string
  /** Said while another agent takes the call over. */
  readonly bridging: string
  readonly keyterms: readonly string[]
  /** The part of the greeting that says an AI is speaking. */
  readonly disclosure: string
  /** Left on answering machines. */
  readonly voicemail: string | undefined
}

const bridgingByDefault: Readonly<Record<LineLanguage, string>> = {
  en: 'One moment please.',
  de: 'Einen Moment bitte.',
  fr: 'Un instant, je vous prie.',
  es: 'Un momento, por favor.',
  it: 'Un momento, per favore.',
  hi: 'कृपया एक क्षण रुकिए।',
}

/** How the line speaks a language: the caller's where it has one, else its default language. */
export function toLineSpeech(line: Line, language: string = line.defaultLanguage): LineSpeech {
  const wanted = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  const key =
    wanted.success && line.languages[wanted.data] !== undefined ? wanted.data : line.defaultLanguage
  const speech = line.languages[key]
  if (speech === undefined) throw new TypeError('a line speaks its default language')
  const { voice, greeting, apology, bridging = bridgingByDefault[key], keyterms } = speech
  const { disclosure, voicemail } = speech
  return { language: key, voice, greeting, apology, bridging, keyterms, disclosure, voicemail }
}

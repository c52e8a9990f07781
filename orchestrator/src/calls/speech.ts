import { type Line, lineLanguage } from '@trunkline/contracts'

export interface LineSpeech {
  readonly language: string
  readonly voice: string
  readonly greeting: string
  readonly apology: string
  readonly keyterms: readonly string[]
}

/** How the line speaks a language: the caller's where it has one, else its default language. */
export function toLineSpeech(line: Line, language: string = line.defaultLanguage): LineSpeech {
  const wanted = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  const key =
    wanted.success && line.languages[wanted.data] !== undefined ? wanted.data : line.defaultLanguage
  const speech = line.languages[key]
  if (speech === undefined) throw new TypeError('a line speaks its default language')
  const { voice, greeting, apology, keyterms } = speech
  return { language: key, voice, greeting, apology, keyterms }
}

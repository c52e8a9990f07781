import { SpeechError } from '../errors.ts'

/** A voice as Riva names it: `<model>.<subvoice>`. */
export interface Voice {
  readonly engine: 'flite' | 'espeak'
  readonly model: string
  readonly subvoice: string
  readonly languageCode: string
  /** The engine's own name of it. */
  readonly engineVoice: string
}

const flite = (languageCode: string, subvoice: string, engineVoice: string): Voice => ({
  engine: 'flite',
  model: 'Flite',
  languageCode,
  subvoice: `${languageCode.toUpperCase()}.${subvoice}`,
  engineVoice,
})

/** The first is what a caller who names none hears: of these it is understood best over a telephone. */
export const fliteVoices: readonly Voice[] = [
  flite('en-US', 'Rms', 'rms'),
  flite('en-US', 'Slt', 'slt'),
  flite('en-US', 'Kal', 'kal16'),
  flite('en-GB', 'Awb', 'awb'),
]

/** Language codes of Riva and espeak-ng's names of them. */
const espeakLanguages: Readonly<Record<string, string>> = {
  'de-DE': 'de',
  'fr-FR': 'fr-fr',
  'es-ES': 'es',
  'es-US': 'es-419',
  'it-IT': 'it',
  'hi-IN': 'hi',
  'en-US': 'en-us',
  'en-GB': 'en-gb',
}

/** The voices of an espeak-ng that has `languages` (the second column of `espeak-ng --voices`). */
export function espeakVoices(languages: ReadonlySet<string>): readonly Voice[] {
  return Object.entries(espeakLanguages)
    .filter(([, language]) => languages.has(language))
    .flatMap(([languageCode, language]) =>
      [['Female', `${language}+f3`] as const, ['Male', language] as const].map(
        ([name, engineVoice]) => ({
          engine: 'espeak' as const,
          model: 'Espeak',
          languageCode,
          subvoice: `${languageCode.toUpperCase()}.${name}`,
          engineVoice,
        }),
      ),
    )
}

/**
 * The voice of a request: by its full name, its model's name, or, when it names none, the first of its language.
 * @throws {SpeechError} `invalid-request`
 */
export function findVoice(
  voices: readonly Voice[],
  { languageCode, voiceName }: { readonly languageCode: string; readonly voiceName: string },
): Voice {
  const language = (languageCode || 'en-US').toLowerCase()
  const name = voiceName.toLowerCase()
  const inLanguage = [
    ...voices.filter((voice) => voice.languageCode.toLowerCase() === language),
    ...voices.filter((voice) => primary(voice.languageCode) === primary(language)),
  ]
  const found = inLanguage.find(
    ({ model, subvoice }) =>
      name === '' || name === `${model}.${subvoice}`.toLowerCase() || name === model.toLowerCase(),
  )
  if (found) return found
  throw new SpeechError(
    'invalid-request',
    inLanguage.length === 0
      ? `Error: Unavailable model requested given these parameters: language_code=${safe(languageCode)}; type=tts;`
      : 'Error: Unknown voice_name for this language_code; GetRivaSynthesisConfig lists the voices',
  )
}

function primary(languageCode: string): string {
  return languageCode.toLowerCase().split('-')[0] ?? ''
}

/** What a client sent is repeated only as far as it looks like a language code. */
function safe(languageCode: string): string {
  return /^[\w-]{1,16}$/.test(languageCode) ? languageCode : '?'
}

import { SpeechError } from '../errors.ts'

const modelName = 'moonshine-tiny-en'
const languageCode = 'en-US'

/** The models as `GetRivaSpeechRecognitionConfig` lists them: English, streaming and whole recordings. */
export const asrModels = (['online', 'offline'] as const).map((type) => ({
  modelName: `${modelName}-${type}`,
  parameters: {
    type,
    language_code: languageCode,
    sample_rate: '16000',
    streaming: String(type === 'online'),
  },
}))

/**
 * The language code of results. Every English is understood by the one model there is; a language that was not asked
 * for is that of the model.
 * @throws {SpeechError} `invalid-request`, worded like Riva's
 */
export function chooseModel(wish: {
  readonly languageCode: string
  readonly model: string
  readonly type: 'online' | 'offline'
}): string {
  const language = wish.languageCode || languageCode
  const isKnown = wish.model === '' || asrModels.some((model) => model.modelName === wish.model)
  if (isKnown && /^en(-[a-z]{2})?$/i.test(language)) return language
  const shown = /^[\w-]{1,16}$/.test(language) ? language : '?'
  throw new SpeechError(
    'invalid-request',
    `Error: Unavailable model requested given these parameters: language_code=${shown}; type=${wish.type};`,
  )
}

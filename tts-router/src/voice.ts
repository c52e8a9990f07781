import type { EngineVoice } from './engines/engine.ts'
import { TtsError } from './errors.ts'

export interface VoiceWish {
  readonly language: string
  /** Empty: the language's first voice. */
  readonly name: string
}

/**
 * Picks the voice for a request: by name within the language, else the first one of exactly this tag, else of
 * the same primary language.
 * @throws {TtsError} `unknown-voice` naming what there is
 */
export function chooseVoice(voices: readonly EngineVoice[], wish: VoiceWish): EngineVoice {
  const inLanguage = voices.filter((voice) => primary(voice.language) === primary(wish.language))
  if (inLanguage.length === 0) {
    const languages = [...new Set(voices.map((voice) => primary(voice.language)))].join(', ')
    throw new TtsError('unknown-voice', `no voice for this language; there are: ${languages}`)
  }
  if (wish.name !== '') {
    const named = inLanguage.find((voice) => voice.name === wish.name)
    if (named) return named
    const names = inLanguage.map((voice) => voice.name).join(', ')
    throw new TtsError('unknown-voice', `no such voice for this language; there are: ${names}`)
  }
  const tag = wish.language.toLowerCase()
  const [first] = inLanguage
  const exact = inLanguage.find((voice) => voice.language.toLowerCase() === tag)
  const chosen = exact ?? first
  if (!chosen) throw new TtsError('unknown-voice', 'no voice')
  return chosen
}

function primary(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? ''
}

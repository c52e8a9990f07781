import { createHiddenTextFilter } from './hidden-text.ts'
import type { SentenceSplitter } from './sentence-splitter.ts'
import { toSpokenText } from './spoken-text.ts'

export interface SpeechStream {
  push(text: string): readonly string[]
  flush(): readonly string[]
  /** Text for ears of this model call so far, as the model wrote it. */
  text(): string
  leaked(): readonly string[]
}

/** From a model call's text to sentences that can be spoken. */
export function createSpeechStream(splitter: SentenceSplitter): SpeechStream {
  const filter = createHiddenTextFilter()
  let shown = ''
  const toSentences = (pieces: readonly string[]) =>
    pieces.map(toSpokenText).filter((piece) => piece !== '')
  const take = (text: string): readonly string[] => {
    shown += text
    return splitter.push(text)
  }
  return {
    push: (text) => toSentences(take(filter.push(text))),
    flush: () => toSentences([...take(filter.flush()), ...splitter.flush()]),
    text: () => shown.trim(),
    leaked: () => filter.leaked(),
  }
}

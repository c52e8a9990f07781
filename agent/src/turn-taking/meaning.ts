import { fold } from './words/fold.ts'
import type { Vocabulary } from './words/vocabulary.ts'

/** What words mean that are said while we speak. */
export type Meaning =
  | { readonly kind: 'nothing' }
  /** "mm-hm", "d'accord": go on. Half of one is "d'", to which "accord" may still come. */
  | { readonly kind: 'backchannel'; readonly isHalf: boolean }
  /** "stop", "attends", "nein", "goodbye": even alone. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'content'; readonly words: number }

/** Backchannels come first, longest phrase first: "no problem" is one, "no" is not. */
export function readMeaning(text: string, vocabulary: Vocabulary): Meaning {
  const words = fold(text)
  if (words.length === 0) return { kind: 'nothing' }
  const { backchannels, stops, fillers } = vocabulary
  let content = 0
  let isHalf = false
  let at = 0
  while (at < words.length) {
    const listening = Math.max(backchannels.lengthAt(words, at), fillers.lengthAt(words, at))
    const stop = stops.lengthAt(words, at)
    if (stop > 0 && stop >= listening) return { kind: 'stop' }
    // "de" may become "de acuerdo": more of it is about to come.
    if (listening === 0 && backchannels.mayBegin(words, at)) {
      isHalf = true
      break
    }
    if (listening === 0) content += 1
    at += Math.max(1, listening)
  }
  return content === 0 ? { kind: 'backchannel', isHalf } : { kind: 'content', words: content }
}

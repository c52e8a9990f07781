import { levelDbfs } from '@trunkline/telephony'

const hopSamples = 80
const silentDbfs = -50

export interface SaidSentence {
  readonly text: string
  /** Its audio as it was made, 8 kHz. */
  readonly pcm: Int16Array
  /** How much of it was heard. */
  readonly heardMs: number
}

/**
 * Number of words of `text` that were heard to their end: words take of the time in which there is sound what they have of
 * the letters. That is right to a word, which is what the comparison allows.
 */
export function countHeardWords({ text, pcm, heardMs }: SaidSentence): number {
  const words = toWords(text)
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  const [heard, whole] = [soundIn(pcm.subarray(0, heardMs * 8)), soundIn(pcm)]
  if (whole === 0 || heard === 0) return 0
  const reached = (heard / whole) * letters
  let passed = 0
  let count = 0
  for (const word of words) {
    if (passed + word.length > reached) break
    passed += word.length
    count += 1
  }
  return count
}

/** Words as they are counted on both sides of the comparison: what is between white space, without signs alone. */
export function toWords(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

function soundIn(pcm: Int16Array): number {
  let samples = 0
  for (let at = 0; at < pcm.length; at += hopSamples) {
    const piece = pcm.subarray(at, at + hopSamples)
    if (levelDbfs(piece) >= silentDbfs) samples += piece.length
  }
  return samples
}

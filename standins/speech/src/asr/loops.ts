const longestPhrase = 8
/** "No, no, no, no" is speech; a phrase of several words is rarely said more than twice. */
const allowedRepeats = { word: 5, phrase: 3 } as const

/**
 * Cuts off where a transcript goes round in circles, which is how the model sounds on noise. A transcript that does
 * little else becomes empty: nothing of it was said.
 */
export function dropLoops(text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const plain = words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
  for (let start = 0; start < words.length; start += 1) {
    for (let length = 1; length <= longestPhrase; length += 1) {
      const repeats = countRepeats(plain, start, length)
      const allowed = length === 1 ? allowedRepeats.word : allowedRepeats.phrase
      if (repeats <= allowed) continue
      return start > repeats * length ? words.slice(0, start + length).join(' ') : ''
    }
  }
  return text
}

function countRepeats(words: readonly string[], start: number, length: number): number {
  let repeats = 1
  for (let at = start + length; at + length <= words.length; at += length) {
    for (let offset = 0; offset < length; offset += 1) {
      if (words[at + offset] !== words[start + offset]) return repeats
    }
    repeats += 1
  }
  return repeats
}

/** A name or word without what speech recognition and spelling vary: case, accents, punctuation. */
export function foldName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[øœ]/g, 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** `ae`, `oe`, `ue` are how umlauts are written without them. */
function foldUmlauts(word: string): string {
  return word.replaceAll(/([aou])e/g, '$1')
}

export type NameMatch = 'exact' | 'close' | 'none'

/**
 * Compares a heard name with a stored one, whatever the order of first and last name. `close` allows one wrong
 * letter in a word, two in words of eight letters or more. Every word of the stored name must be heard.
 */
export function matchName(heard: string, stored: string): NameMatch {
  const heardWords = foldName(heard).split(' ')
  const storedWords = foldName(stored).split(' ')
  if (heardWords.length !== storedWords.length) {
    // Recognition also splits and joins words: "Ann Marie", "Annmarie".
    return matchWord(heardWords.join(''), storedWords.join(''))
  }
  let isExact = true
  const open = [...heardWords]
  for (const stored of storedWords) {
    const matches = open.map((word) => matchWord(word, stored))
    const best = matches.includes('exact') ? 'exact' : 'close'
    const index = matches.indexOf(best)
    if (index < 0) return 'none'
    if (best === 'close') isExact = false
    open.splice(index, 1)
  }
  return isExact ? 'exact' : 'close'
}

function matchWord(heard: string, stored: string): NameMatch {
  if (heard === stored || foldUmlauts(heard) === foldUmlauts(stored)) return 'exact'
  const shorter = Math.min(heard.length, stored.length)
  const allowed = shorter >= 8 ? 2 : shorter >= 3 ? 1 : 0
  return editDistance(foldUmlauts(heard), foldUmlauts(stored)) <= allowed ? 'close' : 'none'
}

/** Letters to insert, leave out, replace or swap with a neighbour to get from one word to the other. */
export function editDistance(from: string, to: string): number {
  const a = [...from]
  const b = [...to]
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          (row[j - 1] ?? 0) + 1,
          (last[j] ?? 0) + 1,
          (last[j - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}

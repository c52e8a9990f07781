/** A seeded source of choices (mulberry32), so that every run measures the same text. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number
  pick<T>(items: readonly T[]): T
  chance(share: number): boolean
  digits(count: number): string
  letters(count: number): string
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    pick(items) {
      const item = items[int(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    chance: (share) => next() < share,
    digits: (count) => Array.from({ length: count }, () => int(10)).join(''),
    letters: (count) =>
      Array.from({ length: count }, () => String.fromCharCode(65 + int(26))).join(''),
  }
}

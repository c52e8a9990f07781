/** Draws that a seed repeats. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number
  pick<T>(choices: readonly [T, ...T[]]): T
}

/** @param salt keeps what different tests draw from the same seed apart */
export function createRandom(seed: number, salt: string): Random {
  let state = seed | 0
  for (const letter of salt) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193)
  // mulberry32: 32 bits of state are plenty for choosing words.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    between,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
  }
}

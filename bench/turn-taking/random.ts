/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 to 1. */
  next(): number
  between(least: number, most: number): number
  /** Of a normal distribution around 0 with deviation 1. */
  normal(): number
  pick<T>(values: readonly [T, ...T[]]): T
  chance(share: number): boolean
}

/** mulberry32: 32 bits of state are plenty for a corpus. */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5
  for (let index = 0; index < seed.length; index += 1) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193)
  }
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    chance: (share) => next() < share,
  }
}

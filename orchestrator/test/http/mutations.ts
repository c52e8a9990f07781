/** A generator that gives the same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below
  }
}

type Random = ReturnType<typeof createRandom>

const values: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, 1.5, '', [], {}, [[[[]]]], 'Infinity', '\u0000', '\ud800'],
  ...['../../etc/passwd', '{{7*7}}', "'; drop table calls; --", '🙂'.repeat(50)],
  { toString: 'x', length: -1 },
]

/** A value of the list, or one with the marker by which a leak is found. */
export function pickValue(random: Random, marker: string): unknown {
  const index = Math.floor(random(values.length + 2))
  return index < values.length ? values[index] : `${marker}${index}`
}

/** Changes one field, drops one, adds one, or breaks the text. */
export function mutate(valid: object, random: Random, marker: string): string {
  const entries = Object.entries(valid)
  const at = Math.floor(random(Math.max(1, entries.length)))
  const [name = 'x'] = entries[at] ?? []
  const text = JSON.stringify(valid)
  switch (Math.floor(random(8))) {
    case 0:
      return JSON.stringify({ ...valid, [name]: pickValue(random, marker) })
    case 1:
      return JSON.stringify(Object.fromEntries(entries.filter(([key]) => key !== name)))
    case 2:
      return JSON.stringify({ ...valid, [`${marker}field`]: pickValue(random, marker) })
    case 3:
      return text.slice(0, Math.floor(random(text.length)))
    case 4:
      return `${text.slice(0, Math.floor(random(text.length)))}${marker}${text.slice(-5)}`
    case 5:
      return JSON.stringify(pickValue(random, marker))
    case 6:
      return `{"${name}":`.repeat(1 + Math.floor(random(200)))
    default:
      return String.fromCharCode(...Array.from({ length: 1 + random(60) }, () => random(0xffff)))
  }
}

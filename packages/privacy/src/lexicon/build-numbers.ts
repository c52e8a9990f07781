/** `{ word: value }` of words in order, the first of them worth `from`. */
export function count(words: string, from = 0, step = 1): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word, index) => [word, from + index * step]))
}

/** 21 to 99 of languages that write them as one word. */
export function compounds(
  tens: Readonly<Record<string, number>>,
  units: Readonly<Record<string, number>>,
  join: (ten: string, unit: string) => string,
): Record<string, number> {
  const all: Record<string, number> = {}
  for (const [ten, tenValue] of Object.entries(tens)) {
    for (const [unit, unitValue] of Object.entries(units))
      all[join(ten, unit)] = tenValue + unitValue
  }
  return all
}

/** Levenshtein distance of two short words. */
export function toDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The word nearest to `heard`, when it is within `limit` of it; the first of equals. */
export function toNearest(
  heard: string,
  words: readonly string[],
  limit: number,
): string | undefined {
  let best: { word: string; distance: number } | undefined
  for (const word of words) {
    const distance = toDistance(heard, word)
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { word, distance }
    }
  }
  return best?.word
}

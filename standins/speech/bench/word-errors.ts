/** Insertions, deletions and substitutions between what was said and what was heard, letters' case and signs aside. */
export function countWordErrors(said: string, heard: string): { errors: number; words: number } {
  const wanted = wordsOf(said)
  const got = wordsOf(heard)
  let row = got.map((_, index) => index + 1)
  row.unshift(0)
  for (const [index, word] of wanted.entries()) {
    const next = [index + 1]
    for (const [column, other] of got.entries()) {
      const replaced = (row[column] ?? 0) + (word === other ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return { errors: row.at(-1) ?? 0, words: wanted.length }
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('-', ' ')
      .match(/[\p{L}\p{N}']+/gu) ?? []
  )
}

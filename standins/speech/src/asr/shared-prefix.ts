/** How many tokens two results have in common at their beginning. */
export function sharedPrefix(left: readonly number[], right: readonly number[]): number {
  let length = 0
  while (length < left.length && length < right.length && left[length] === right[length])
    length += 1
  return length
}

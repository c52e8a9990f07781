/** Greatest change from one sample to the next, beginning at the level `from`: what is heard as a click. */
export function largestStep(samples: Iterable<number>, { from = 0 } = {}): number {
  let largest = 0
  let before = from
  for (const sample of samples) {
    largest = Math.max(largest, Math.abs(sample - before))
    before = sample
  }
  return largest
}

/** Epoch milliseconds with fractions, monotonic within a process: what `at` fields carry. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now()
}

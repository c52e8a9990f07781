/** Classes of SQLSTATE that say something about the values, and nothing about the server's health. */
const dataClasses: ReadonlySet<string> = new Set(['22', '23'])

/** True when the same statement would fail again for ever. Drizzle and drivers wrap the error that knows. */
export function isDataFault(error: unknown): boolean {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (!('code' in inner) || typeof inner.code !== 'string') continue
    if (/^[0-9A-Z]{5}$/.test(inner.code)) return dataClasses.has(inner.code.slice(0, 2))
  }
  return false
}

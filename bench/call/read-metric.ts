const timeoutMs = 5000

/**
 * The sum of a metric over its labels.
 * @throws {Error} when it is not there
 */
export async function readMetric(url: string, name: string): Promise<number> {
  const response = await fetch(new URL('/metrics', url), { signal: AbortSignal.timeout(timeoutMs) })
  const value = sumMetric(await response.text(), name)
  if (value === undefined) throw new Error(`no metric ${name}`)
  return value
}

/** Reads Prometheus' text format: `name{label="…"} value`. */
export function sumMetric(text: string, name: string): number | undefined {
  const values = text.split('\n').flatMap((row) => {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{.*\})? (\S+)/.exec(row)
    return match?.[1] === name ? [Number(match[2])] : []
  })
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}

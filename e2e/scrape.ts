/** The values of one `/metrics` page. */
export interface Scrape {
  readonly contentType: string
  /** The value of a series as it is written, with its labels; 0 when it is not there yet. */
  value(series: string): number
  /** All series of a metric, by their labels. */
  series(name: string): ReadonlyMap<string, number>
}

/** @throws {Error} when there is no such page */
export async function readMetrics(url: string): Promise<Scrape> {
  const response = await fetch(new URL('/metrics', url))
  if (!response.ok) throw new Error(`metrics: status ${response.status}`)
  const values = new Map<string, number>()
  for (const line of (await response.text()).split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const space = line.lastIndexOf(' ')
    values.set(line.slice(0, space), Number(line.slice(space + 1)))
  }
  return {
    contentType: response.headers.get('content-type') ?? '',
    value: (series) => values.get(series) ?? 0,
    series: (name) =>
      new Map([...values].filter(([series]) => series === name || series.startsWith(`${name}{`))),
  }
}

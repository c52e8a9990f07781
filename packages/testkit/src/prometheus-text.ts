/** One sample of a scrape. */
export interface PrometheusSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface PrometheusFamily {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped'
  readonly help: string
  readonly samples: readonly PrometheusSample[]
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const types = ['counter', 'gauge', 'histogram', 'summary', 'untyped'] as const
const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)(?: (-?\d+))?$/
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y

/**
 * Reads Prometheus' text format, version 0.0.4, as strictly as its own parser: every family once and in one piece,
 * TYPE before its samples, no sample twice, histograms that add up.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 * @throws naming the line that is wrong
 */
export function parsePrometheus(text: string): ReadonlyMap<string, PrometheusFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line must end with a line feed')
  const families = new Map<string, PrometheusFamily & { samples: PrometheusSample[] }>()
  const helps = new Map<string, string>()
  const seen = new Set<string>()
  let current: (PrometheusFamily & { samples: PrometheusSample[] }) | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const fail = (why: string): never => {
      throw new Error(`line ${index + 1}: ${why}: ${line}`)
    }
    if (line === '') continue
    if (line.startsWith('#')) {
      const [, keyword, name = '', rest = ''] = /^# (\S+) (\S+)(?: (.*))?$/.exec(line) ?? []
      if (keyword === 'HELP') {
        if (helps.has(name)) fail('a second HELP')
        helps.set(name, rest)
      } else if (keyword === 'TYPE') {
        const type = types.find((known) => known === rest) ?? fail('an unknown type')
        if (!metricName.test(name) || families.has(name)) fail('a second TYPE or a bad name')
        current = { name, type, help: helps.get(name) ?? '', samples: [] }
        families.set(name, current)
      }
      continue
    }
    const match = sampleLine.exec(line) ?? fail('no sample')
    const [, name = '', labelText = '', valueText = ''] = match
    if (!current || !belongsTo(name, current)) return fail('a sample outside of its family')
    const labels = readLabels(labelText) ?? fail('bad labels')
    const value = readValue(valueText) ?? fail('a bad value')
    const identity = `${name} ${JSON.stringify(Object.entries(labels).sort())}`
    if (seen.has(identity)) fail('the same sample again')
    seen.add(identity)
    current.samples.push({ name, labels, value })
  }
  for (const family of families.values()) if (family.type === 'histogram') checkHistogram(family)
  return families
}

/** The sum of a family's samples whose labels are as given; 0 when there is none. */
export function sumOf(
  families: ReadonlyMap<string, PrometheusFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const wanted = Object.entries(labels)
  return (families.get(name)?.samples ?? [])
    .filter((sample) => wanted.every(([key, value]) => sample.labels[key] === value))
    .reduce((sum, { value }) => sum + value, 0)
}

function belongsTo(name: string, { name: family, type }: PrometheusFamily): boolean {
  if (type === 'histogram')
    return ['_bucket', '_sum', '_count'].some((end) => name === family + end)
  if (type === 'summary') return ['', '_sum', '_count'].some((end) => name === family + end)
  return name === family
}

function readLabels(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {}
  label.lastIndex = 0
  while (label.lastIndex < text.length) {
    const match = label.exec(text)
    const [, key = '', value = ''] = match ?? []
    if (!match || Object.hasOwn(labels, key)) return undefined
    labels[key] = value.replaceAll(/\\(.)/g, (_all, char) => (char === 'n' ? '\n' : String(char)))
  }
  return labels
}

function readValue(text: string): number | undefined {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  if (text === '-Inf') return Number.NEGATIVE_INFINITY
  if (text === 'NaN') return Number.NaN
  const value = Number(text)
  return Number.isNaN(value) ? undefined : value
}

function checkHistogram({ name, samples }: PrometheusFamily): void {
  const groups = new Map<string, PrometheusSample[]>()
  for (const sample of samples) {
    const { le: _le, ...rest } = sample.labels
    const key = JSON.stringify(Object.entries(rest).sort())
    groups.set(key, [...(groups.get(key) ?? []), sample])
  }
  for (const group of groups.values()) {
    const buckets = group.filter((sample) => sample.name === `${name}_bucket`)
    const bounds = buckets.map(({ labels }) => readValue(labels['le'] ?? '') ?? Number.NaN)
    const isRising = (values: readonly number[]) =>
      values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0))
    const count = group.find((sample) => sample.name === `${name}_count`)?.value
    const last = buckets.at(-1)?.value
    const isWhole = bounds.at(-1) === Number.POSITIVE_INFINITY && last === count
    if (!isWhole || !isRising(bounds) || !isRising(buckets.map(({ value }) => value))) {
      throw new Error(`${name}: the buckets do not add up`)
    }
  }
}

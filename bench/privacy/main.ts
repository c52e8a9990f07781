import { createRedactor, piiCategories } from '@trunkline/privacy'
import { createLogger } from '@trunkline/telemetry'
import { makeSamples } from '../../packages/privacy/test/generator/make-samples.ts'
import { measureRecall, measureTouched } from '../../packages/privacy/test/generator/measure.ts'
import { makeOrdinary } from '../../packages/privacy/test/generator/ordinary.ts'
import { readCommit, readLoad, readMachine } from '../report/machine.ts'

// `node bench/privacy/main.ts`: what the redactor finds, what it should not have touched, and what it costs.

const seed = 20261121
const redactor = createRedactor()
const print = (line: string) => void process.stdout.write(`${line}\n`)
const percent = (share: number) => `${(share * 100).toFixed(2)} %`

const { cpu, cores, node } = readMachine()
const commit = readCommit()
print(`commit ${commit.id}${commit.dirty ? ' (changed)' : ''}, ${cores} × ${cpu}, node ${node}`)
print(`load ${readLoad().join(' ')}, seed ${seed}\n`)

print('| category | samples | recall | right category | recall, language not told |')
print('|---|---|---|---|---|')
for (const category of piiCategories) {
  const options = { category, seed, perLanguage: 1000 }
  const { samples, recall, right } = measureRecall(redactor, options)
  const blind = measureRecall({ redact: (text) => redactor.redact(text) }, options)
  print(
    `| ${category} | ${samples} | ${percent(recall)} | ${percent(right)} | ${percent(blind.recall)} |`,
  )
}
const touched = measureTouched(redactor, { seed, rounds: 50 })
print(`\nordinary words touched: ${percent(touched.share)} of ${touched.words}`)

const sentences = [...makeOrdinary({ seed, rounds: 10 })]
for (const category of piiCategories) {
  sentences.push(...makeSamples(category, { seed, perLanguage: 40 }))
}
for (const isTold of [true, false]) {
  const times: number[] = []
  for (let round = 0; round < 12; round += 1) {
    for (const { text, language } of sentences) {
      const startedAt = performance.now()
      redactor.redact(text, isTold ? { language } : {})
      if (round > 1) times.push((performance.now() - startedAt) * 1000)
    }
  }
  times.sort((left, right) => left - right)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
  const told = isTold ? 'language told' : 'language not told'
  print(`a sentence, ${told}: ${at(0.5)} µs median, ${at(0.95)} µs P95, ${at(0.99)} µs P99`)
}

for (const showPii of [true, false]) {
  const logger = createLogger('bench', { level: 'info', showPii, write() {} })
  const fields = { turnId: 'turn-3', state: 'processing', url: 'http://127.0.0.1:8080/v1', ms: 12 }
  const err = new Error('no such thing in the store')
  const median = (write: () => void) => {
    const times = Array.from({ length: 20_000 }, () => {
      const startedAt = performance.now()
      write()
      return (performance.now() - startedAt) * 1000
    })
    return (times.sort((left, right) => left - right)[times.length / 2] ?? 0).toFixed(1)
  }
  const line = median(() => logger.info(fields, 'turn finished'))
  const failure = median(() => logger.warn({ ...fields, err }, 'turn failed'))
  const how = showPii ? 'not redacted' : 'redacted'
  print(`a log line, ${how}: ${line} µs median; with an error and its stack ${failure} µs`)
}

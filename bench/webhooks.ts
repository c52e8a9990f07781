import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sumMetric } from './call/read-metric.ts'
import { type Rig, startRig } from './channel/rig.ts'
import { textTable } from './report/text-table.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'
import { type SignedEvent, sendAll, signEvent } from './webhooks/send-signed.ts'

/** LiveKit is played: the bench starts what it needs by itself. */
export const needsStack = false

const usage = `Sends signed webhooks of LiveKit as fast as they are taken, a fifth of them twice.

  ./trunkline bench webhooks [--events 30000]`

const goalPerSecond = 3000
const connections = 8

/** `./trunkline bench webhooks`. */
export async function runBench(argv: string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      events: { type: 'string', default: '30000' },
      help: { type: 'boolean', default: false },
    },
  })
  const count = Number(values.events)
  if (values.help || !Number.isInteger(count) || count < 100) {
    print(usage)
    return values.help ? 0 : 2
  }
  const circumstances = noteCircumstances()
  const rows = [await measure(count, 1), await measure(count, 2)]
  const result = { circumstances: circumstances.end(), rows }
  const file = await writeFigures('webhooks', result)
  print(`\n${describeCircumstances(result.circumstances)}\n`)
  print(
    textTable([
      ['replicas', 'sent', 'a second', 'CPU µs each', 'handled', 'of', 'refused', ''],
      ...rows.map((row) => [
        ...[String(row.replicas), String(row.sent), String(Math.round(row.perSecond))],
        String(Math.round(row.cpuMicros)),
        ...[String(row.handled), String(row.unique), String(row.refused), verdict(row)],
      ]),
    ]),
  )
  print(`\n${file}`)
  return rows.every(isExact) ? 0 : 1
}

interface Row {
  readonly replicas: number
  readonly sent: number
  readonly perSecond: number
  /** Processor time of the orchestrators for one event, microseconds; says more than the rate on a busy machine. */
  readonly cpuMicros: number
  readonly unique: number
  readonly handled: number
  readonly duplicates: number
  /** Answers other than 200. */
  readonly refused: number
}

function isExact({ handled, unique, duplicates, sent, refused }: Row): boolean {
  return handled === unique && duplicates === sent - unique && refused === 0
}

function verdict(row: Row): string {
  if (!isExact(row)) return 'not exact'
  return row.perSecond >= goalPerSecond ? 'met, exact' : 'missed, exact'
}

async function measure(unique: number, replicas: number): Promise<Row> {
  const rig = await startRig({ database: replicas === 1 ? 'pglite' : 'postgres', replicas })
  try {
    const events: SignedEvent[] = []
    for (let index = 0; index < unique; index += 1) events.push(await signEvent(rig.livekitKeys))
    // Every fifth comes again, most likely while the first is still under way and over another connection.
    const sent = events.flatMap((event, index) => (index % 5 === 0 ? [event, event] : [event]))
    const ports = rig.orchestrators.map(({ port }) => port)
    const shares = Array.from({ length: connections * replicas }, (_, share) =>
      sent.filter((_event, index) => index % (connections * replicas) === share),
    )
    await warmUp(rig)
    const before = await readCounts(rig)
    const startedAt = performance.now()
    const answers = await Promise.all(
      shares.map((share, index) => sendAll(ports[index % ports.length] ?? 0, share)),
    )
    const seconds = (performance.now() - startedAt) / 1000
    const refused = sent.length - answers.reduce((sum, each) => sum + (each.get(200) ?? 0), 0)
    const after = await settledCounts(rig, before.total + sent.length - refused)
    return {
      ...{ replicas, sent: sent.length, perSecond: sent.length / seconds, unique, refused },
      cpuMicros: ((after.cpuSeconds - before.cpuSeconds) / sent.length) * 1e6,
      handled: after.handled - before.handled,
      duplicates: after.duplicates - before.duplicates,
    }
  } finally {
    await rig.close()
  }
}

const warmUpEvents = 2000

async function warmUp(rig: Rig): Promise<void> {
  const events: SignedEvent[] = []
  while (events.length < warmUpEvents) events.push(await signEvent(rig.livekitKeys))
  await Promise.all(rig.orchestrators.map(({ port }) => sendAll(port, events)))
  await settledCounts(rig, warmUpEvents * rig.orchestrators.length)
}

async function readCounts({ orchestrators }: Rig) {
  let handled = 0
  let duplicates = 0
  let cpuSeconds = 0
  for (const { url } of orchestrators) {
    const text = await (await fetch(`${url}/metrics`)).text()
    handled += readOutcome(text, 'handled')
    duplicates += readOutcome(text, 'duplicate')
    cpuSeconds += sumMetric(text, 'process_cpu_seconds_total') ?? 0
  }
  return { handled, duplicates, cpuSeconds, total: handled + duplicates }
}

function readOutcome(metrics: string, outcome: 'handled' | 'duplicate'): number {
  const match = new RegExp(`^livekit_webhooks_total\\{outcome="${outcome}"\\} (\\d+)$`, 'm').exec(
    metrics,
  )
  return Number(match?.[1] ?? 0)
}

const settleMs = 10_000

/** The counts once every event that was taken is counted, or as they are after ten seconds. */
async function settledCounts(rig: Rig, total: number) {
  const giveUpAt = performance.now() + settleMs
  for (;;) {
    const counts = await readCounts(rig)
    if (counts.total >= total || performance.now() > giveUpAt) return counts
    await sleep(50)
  }
}

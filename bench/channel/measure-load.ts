import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AnsweredRequest } from '@trunkline/testkit'
import { type Summary, summarize } from '../call/statistics.ts'
import { type Rig, startRig } from './rig.ts'
import { letters, openCall, type TurnTimes, talk } from './talk.ts'

export interface LoadResult {
  readonly database: string
  readonly calls: number
  /** `turn` sent → first `say` received, less the time the model had the request. Milliseconds. */
  readonly own: Summary | undefined
  /** Its two parts: event → state → model asked; model's sentence → stored → `say`. */
  readonly toModel: Summary | undefined
  readonly fromModel: Summary | undefined
  /** The same with the model's time in it. */
  readonly whole: Summary | undefined
  readonly model: Summary | undefined
  readonly turns: number
  /** Processor time of the orchestrator, as a share of one core. */
  readonly busy: number
  readonly memoryKbPerCall: number
}

const warmUpMs = 5000

/** So many calls at a time on one orchestrator process, each with six events a second. */
export async function measureLoad(options: {
  database: 'pglite' | 'postgres'
  calls: number
  seconds: number
  orchestrator?: string | undefined
  signal: AbortSignal
}): Promise<LoadResult> {
  const { database, calls, seconds, signal, orchestrator } = options
  const answered = new Map<string, AnsweredRequest>()
  const turns: TurnTimes[] = []
  const rig = await startRig({
    ...{ database, orchestrator },
    onAnswered: (request) => answered.set(request.label, request),
  })
  try {
    const memoryBefore = residentKb(rig)
    const open = []
    for (let index = 0; index < calls; index += 1) {
      open.push(await openCall(rig, `${database}${calls}x${index}`))
    }
    const stop = new AbortController()
    const measuring = { isOn: false }
    const talks = open.map((call, index) =>
      talk(call, {
        label: `q${letters(index)}z`,
        signal: AbortSignal.any([stop.signal, signal]),
        onTurn(times) {
          if (measuring.isOn) turns.push(times)
        },
      }),
    )
    await sleep(warmUpMs, undefined, { signal })
    measuring.isOn = true
    const cpuBefore = cpuMs(rig)
    const startedAt = performance.now()
    await sleep(seconds * 1000, undefined, { signal })
    const busy = (cpuMs(rig) - cpuBefore) / (performance.now() - startedAt)
    const memoryAfter = residentKb(rig)
    stop.abort()
    await Promise.all(talks)
    const both = turns.flatMap((turn) => {
      const model = answered.get(turn.label)
      return model ? [{ turn, model, modelMs: model.answeredAt - model.askedAt }] : []
    })
    for (const { agent } of open) agent.close()
    return {
      ...{ database, calls, busy, turns: both.length },
      own: summarize(both.map(({ turn, modelMs }) => turn.saidAt - turn.sentAt - modelMs)),
      toModel: summarize(both.map(({ turn, model }) => model.askedAt - turn.sentAt)),
      fromModel: summarize(both.map(({ turn, model }) => turn.saidAt - model.answeredAt)),
      whole: summarize(both.map(({ turn }) => turn.saidAt - turn.sentAt)),
      model: summarize(both.map(({ modelMs }) => modelMs)),
      memoryKbPerCall: (memoryAfter - memoryBefore) / calls,
    }
  } finally {
    await rig.close()
  }
}

function residentKb({ orchestrators }: Rig): number {
  const status = readFileSync(`/proc/${orchestrators[0]?.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN)
}

/** User and system time; Linux counts them in hundredths of a second. */
function cpuMs({ orchestrators }: Rig): number {
  const stat = readFileSync(`/proc/${orchestrators[0]?.pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

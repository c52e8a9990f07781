import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AnsweredRequest } from '@trunkline/testkit'
import { type Summary, summarize } from '../report/statistics.ts'
import { heldKb, residentKb } from './memory.ts'
import { type Rig, startRig } from './rig.ts'
import { letters, openCall, type TurnTimes, talk } from './talk.ts'
import { warmUp } from './warm-up.ts'

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
  /** What the process holds more with these calls, once garbage is collected; and its growth with garbage. */
  readonly memoryKbPerCall: number
  readonly growthKbPerCall: number
  /** How late the bench's own timers were: it is part of every figure. Milliseconds. */
  readonly benchLateP95Ms: number
}

/** From the first call's first word to the first figure. */
const settleMs = 5000
const lateResolutionMs = 2

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
    await warmUp(rig, { signal })
    const heldBefore = await heldKb(rig)
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
    await sleep(settleMs, undefined, { signal })
    measuring.isOn = true
    const late = monitorEventLoopDelay({ resolution: lateResolutionMs })
    late.enable()
    const cpuBefore = cpuMs(rig)
    const startedAt = performance.now()
    await sleep(seconds * 1000, undefined, { signal })
    const busy = (cpuMs(rig) - cpuBefore) / (performance.now() - startedAt)
    late.disable()
    const residentAfter = residentKb(rig)
    measuring.isOn = false
    const heldAfter = await heldKb(rig) // the calls go on
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
      memoryKbPerCall: (heldAfter - heldBefore) / calls,
      growthKbPerCall: (residentAfter - heldBefore) / calls,
      benchLateP95Ms: Math.max(0, late.percentile(95) / 1e6 - lateResolutionMs),
    }
  } finally {
    await rig.close()
  }
}

/** User and system time; Linux counts them in hundredths of a second. */
function cpuMs({ orchestrators }: Rig): number {
  const stat = readFileSync(`/proc/${orchestrators[0]?.pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

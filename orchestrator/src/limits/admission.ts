import type { CallEvent, CallRecord, EndReason, Line, NoticeKind } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { toLocalDay } from '../local-time.ts'
import type { Metrics } from '../metrics.ts'
import type { StoredEvent } from '../store/call-store.ts'
import { beforeFirst } from '../store/event-id.ts'
import type { CostBook } from './cost-book.ts'
import { toNotice } from './notice.ts'
import { type HeldCall, type Slots, slotLeaseMs } from './slots.ts'

/** Why a new call does not begin, and what its caller is told before it ends. */
export interface Refusal {
  readonly reason: NoticeKind & EndReason
  readonly words: string
}

export type Verdict = { readonly ok: true } | ({ readonly ok: false } & Refusal)

export interface AdmissionRequest {
  readonly callId: string
  readonly line: Line
}

/** Says whether a call may begin, and watches what calls cost. Nothing here throws. */
export interface Admission {
  /** Asks for a new call. When it may begin its slot is taken, until `release` or `letGo`. */
  check(request: AdmissionRequest): Promise<Verdict>
  /** Keeps the slot of a call that has begun already: it has been asked for then. */
  hold(request: AdmissionRequest & { readonly lastEventId: string }): void
  /** The call has ended: its slot is free. */
  release(callId: string): void
  /** Another process has the call, and its slot. */
  letGo(callId: string): void
  /** A refusal for a reason that is known without asking. */
  refuse(reason: Refusal['reason'], line: Line): { readonly ok: false } & Refusal
  /** Takes note of what an event has cost; `call` is as it is after it. */
  noteEvent(call: CallRecord, event: CallEvent): void
  /** What the call has cost until now. */
  costEur(call: CallRecord): number
  /** Gives back what is held and writes what is owed, for a second at most. */
  close(): Promise<void>
}

export interface AdmissionDeps {
  readonly slots: Slots
  /** Waits until Redis can be asked, for `timeoutMs` at most. */
  readonly becomeReady: (options: { timeoutMs: number }) => Promise<unknown>
  readonly costs: CostBook
  readonly lines: { byId(id: string): Line | undefined }
  readonly maxConcurrent: number | undefined
  readonly maxPerHour: number | undefined
  /** Why the model cannot be asked; undefined when it can. */
  readonly modelFault: () => string | undefined
  /** A call's earlier events, when another process has begun it. */
  readonly readEvents: (
    callId: string,
    options: { after: string; limit: number },
  ) => Promise<StoredEvent[]>
  readonly metrics: Pick<Metrics, 'callRefused'>
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly renewEveryMs?: number
}

const microsPerEur = 1_000_000
const writeCostsEveryMs = 1000
const maxEvents = 10_000
/** A connection that comes back after a restart of Redis takes a moment longer than the others. */
const readyTimeoutMs = 1000

export function createAdmission(deps: AdmissionDeps): Admission {
  const { slots, costs, lines, metrics, logger, now, renewEveryMs = slotLeaseMs / 3 } = deps
  const held = new Map<string, HeldCall>()
  /** Line and day → millionths of a euro that Redis has not been told yet. */
  const owed = new Map<string, { lineId: string; day: string; micros: number }>()

  const refuse: Admission['refuse'] = (reason, line) => {
    metrics.callRefused(reason)
    return { ok: false, reason, words: toNotice(reason, { line }) }
  }
  const renew = () =>
    slots.renew([...held.values()]).catch((error: unknown) => {
      logger.debug({ err: error }, 'slots of calls wait for redis')
    })
  const payOwed = async () => {
    for (const [key, debt] of [...owed]) {
      const micros = Math.round(debt.micros)
      if (micros === 0) continue
      try {
        await slots.addCost(debt.lineId, { day: debt.day, micros })
      } catch {
        return // Redis is away: it is told the next time
      }
      debt.micros -= micros
      if (debt.day !== toLocalDay(now(), lines.byId(debt.lineId)?.timeZone ?? 'UTC')) {
        owed.delete(key)
      }
    }
  }
  const timers = [
    setInterval(() => void renew(), renewEveryMs), // reports its own failure
    setInterval(() => void payOwed(), writeCostsEveryMs), // likewise
  ]
  for (const timer of timers) timer.unref()

  /** What a call has cost before it came here. */
  const restore = async (callId: string, lastEventId: string) => {
    const events = await deps.readEvents(callId, { after: beforeFirst, limit: maxEvents })
    const end = events.findIndex(({ id }) => id === lastEventId)
    const earlier = end === -1 ? events : events.slice(0, end + 1)
    costs.restore(
      callId,
      earlier.map(({ event }) => event),
    )
  }

  return {
    async check({ callId, line }) {
      if (deps.modelFault() !== undefined) return refuse('llm-unavailable', line)
      const { concurrentCalls, callsPerHour, costEurPerDay } = line.limits
      const call = { callId, lineId: line.id }
      try {
        await deps.becomeReady({ timeoutMs: readyTimeoutMs })
        const refusal = await slots.take(
          { ...call, day: toLocalDay(now(), line.timeZone) },
          {
            ...{ concurrentAll: deps.maxConcurrent, concurrentLine: concurrentCalls },
            ...{ perHourAll: deps.maxPerHour, perHourLine: callsPerHour },
            lineDayCostMicros:
              costEurPerDay === undefined ? undefined : Math.round(costEurPerDay * microsPerEur),
          },
        )
        if (refusal !== undefined) return refuse(refusal, line)
      } catch (error) {
        logger.warn({ err: error }, 'limits could not be asked for')
        return refuse('store-unavailable', line)
      }
      held.set(callId, call)
      return { ok: true }
    },
    hold({ callId, line, lastEventId }) {
      const call = { callId, lineId: line.id }
      held.set(callId, call)
      inBackground(restore(callId, lastEventId), {
        onError: (error) => logger.warn({ err: error }, 'earlier costs of a call are not known'),
      })
      inBackground(slots.renew([call]), {
        onError: (error) => logger.debug({ err: error }, 'a slot waits for redis'),
      })
    },
    release(callId) {
      const call = held.get(callId)
      costs.forget(callId)
      if (!call) return
      held.delete(callId)
      inBackground(slots.release(call), {
        onError: (error) => logger.debug({ err: error }, 'a slot runs out by itself'),
      })
    },
    letGo(callId) {
      held.delete(callId)
      costs.forget(callId)
    },
    refuse,
    noteEvent(call, event) {
      const costEur = costs.take(call, event)
      const line = lines.byId(call.line)
      if (!line || costEur === 0) return
      const day = toLocalDay(event.at, line.timeZone)
      const key = `${line.id} ${day}`
      const debt = owed.get(key) ?? { lineId: line.id, day, micros: 0 }
      debt.micros += costEur * microsPerEur
      owed.set(key, debt)
    },
    costEur: (call) => costs.costEur(call, now()),
    async close() {
      for (const timer of timers) clearInterval(timer)
      await payOwed()
    },
  }
}

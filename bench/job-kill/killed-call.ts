import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEvent, Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { findSpeech, firstVoicedAt, lastVoicedAt } from '@trunkline/telephony'
import { z } from 'zod'
import type { Line } from '../../scripts/call/line.ts'
import { type CallReport, placeCall } from '../../scripts/call/place-call.ts'
import { jobProcesses } from '../call/job-pool.ts'
import { udpPortsOf } from '../call/process-tree.ts'

/** When in a turn the job dies. */
export const phases = ['greeting', 'waiting', 'caller-speaks', 'thinking', 'agent-speaks'] as const
export type Phase = (typeof phases)[number]

/** One call; kept in a log so that a run can be gone on with. */
export const killedCallSchema = z.object({
  /** `idle`: the waiting processes were killed before the call. */
  phase: z.enum([...phases, 'idle']),
  /** kill -9 → first voiced packet of the next job. Milliseconds. */
  voiceAgainMs: z.number().optional(),
  failure: z.string().optional(),
  /** Turns or sentences that are twice in the call's events. */
  doubled: z.array(z.string()).readonly(),
  endReason: z.string().optional(),
})
export type KilledCall = Readonly<z.infer<typeof killedCallSchema>>

const lookMs = 10
const longestWaitMs = 15_000
/** Packets on their way, in livekit-sip's jitter buffer and the mixer when the job dies, are still heard. */
const underWayMs = 250
const joinMs = 150
const listenMs = 1500

/** One call whose job is killed in the given phase; it goes on until its caller hears a voice again. */
export async function killedCall(
  stack: Stack,
  options: { phase: Phase; question: Int16Array; workerPid: number; signal: AbortSignal },
): Promise<KilledCall> {
  const { phase, question, workerPid, signal } = options
  let killedAt: number | undefined
  let line: Line | undefined
  let missing: string | undefined
  const report = await placeCall(stack, {
    signal,
    async converse(open) {
      line = open
      const isThere = await reach(phase, { line: open, question, signal })
      const job = busyJob(workerPid)
      if (!isThere || job === undefined) {
        missing = isThere ? 'no job process has the call' : `the call never came to ${phase}`
        return
      }
      process.kill(job, 'SIGKILL')
      killedAt = epochNow()
      await until(() => voiceAgain(open, killedAt) !== undefined, signal)
      await Promise.race([sleep(listenMs, undefined, { signal }), open.ended])
    },
  })
  const againAt = line && voiceAgain(line, killedAt)
  const failure = missing ?? report.failure?.code ?? (againAt === undefined && 'silence')
  return {
    ...{ phase, ...describeEnd(report) },
    ...(againAt !== undefined && killedAt !== undefined && { voiceAgainMs: againAt - killedAt }),
    ...(failure && { failure }),
  }
}

/** Brings the call to where the job is to die. */
async function reach(
  phase: Phase,
  { line, question, signal }: { line: Line; question: Int16Array; signal: AbortSignal },
): Promise<boolean> {
  const received = () => line.recording.received
  if (!(await until(() => line.timings.firstVoicedAt !== undefined, signal))) return false
  await sleep(200 + Math.random() * 600, undefined, { signal })
  if (phase === 'greeting') return true
  const quietMs = 700
  const isQuiet = () => epochNow() - (lastVoicedAt(received()) ?? 0) > quietMs
  if (!(await until(isQuiet, signal))) return false
  if (phase === 'waiting') return true
  const startedAt = epochNow()
  const played = line.play(question).catch(() => {}) // a call that ends meanwhile says so by itself
  if (phase === 'caller-speaks') {
    await sleep(300 + Math.random() * 800, undefined, { signal })
    return true
  }
  await played
  const spokenUntil = epochNow()
  if (phase === 'thinking') {
    await sleep(Math.random() * 400, undefined, { signal })
    return true
  }
  const answers = () => firstVoicedAt(received(), { from: Math.max(startedAt, spokenUntil) })
  if (!(await until(() => answers() !== undefined, signal))) return false
  await sleep(200 + Math.random() * 600, undefined, { signal })
  return true
}

function voiceAgain(line: Line, killedAt: number | undefined): number | undefined {
  if (killedAt === undefined) return undefined
  const spans = findSpeech(line.recording.received, { joinMs })
  return spans.find(({ startAt }) => startAt > killedAt + underWayMs)?.startAt
}

/**
 * A call that comes right when every waiting process has been killed: the job that is sent to one of them never
 * starts, and another has to be found. `voiceAgainMs` is from INVITE to the greeting.
 */
export async function callWithoutIdle(
  stack: Stack,
  { workerPid, signal }: { workerPid: number; signal: AbortSignal },
): Promise<KilledCall> {
  for (const { pid } of jobProcesses(workerPid)) process.kill(pid, 'SIGKILL')
  const report = await placeCall(stack, {
    signal,
    async converse(line) {
      await until(() => line.timings.firstVoicedAt !== undefined, signal)
    },
  })
  const { greetingMs } = report.timings
  const failure = report.failure?.code ?? (greetingMs === undefined && 'silence')
  return {
    ...{ phase: 'idle', ...describeEnd(report) },
    ...(greetingMs !== undefined && { voiceAgainMs: greetingMs }),
    ...(failure && { failure }),
  }
}

function describeEnd({ events, endReason }: CallReport): Pick<KilledCall, 'doubled' | 'endReason'> {
  return { doubled: findDoubled(events), ...(endReason !== undefined && { endReason }) }
}

/** The one process that has a call: those that wait for one have no sockets for audio. */
function busyJob(workerPid: number): number | undefined {
  return jobProcesses(workerPid).find(({ pid }) => (udpPortsOf(pid) ?? []).length > 0)?.pid
}

async function until(fits: () => boolean, signal: AbortSignal): Promise<boolean> {
  const giveUpAt = performance.now() + longestWaitMs
  while (!fits()) {
    if (performance.now() > giveUpAt) return false
    await sleep(lookMs, undefined, { signal })
  }
  return true
}

/** What is in the events more often than once. */
export function findDoubled(events: readonly CallEvent[]): readonly string[] {
  const seen = new Set<string>()
  return events.flatMap((event) => {
    const key =
      event.type === 'turn-received' || event.type === 'call-ended'
        ? `${event.type} ${'turnId' in event ? event.turnId : ''}`
        : event.type === 'say'
          ? `say ${event.turnId} ${event.index}`
          : undefined
    if (key === undefined) return []
    if (seen.has(key)) return [key]
    seen.add(key)
    return []
  })
}

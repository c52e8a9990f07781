import type { CallEvent, Stack } from '@trunkline/contracts'
import { epochNow, inBackground, whenAborted } from '@trunkline/runtime'
import type { Line } from '../../scripts/call/line.ts'
import { placeCall } from '../../scripts/call/place-call.ts'
import { type Pool, untilReplaced } from './job-pool.ts'
import type { Level } from './ramp.ts'
import { createTalk } from './talk.ts'

export interface CallsAtOnceOptions {
  /** What each caller asks, 8 kHz, made before: no voice is synthesized while calls are measured. */
  readonly questions: readonly (readonly Int16Array[])[]
  readonly pool: Pool
  readonly signal: AbortSignal
}

/** For the process that replaces the one which has taken a call. */
const replacedMs = 20_000
const arrivalMs = 30_000

/**
 * Calls that are up at the same time. They ring one after the other; those that are up talk meanwhile, and are measured
 * from when the last one is up and no process starts any more, until the first has asked all its questions.
 */
export async function callAtOnce(
  stack: Stack,
  { questions, pool, signal }: CallsAtOnceOptions,
): Promise<Level> {
  const gate = { openedAt: Number.POSITIVE_INFINITY, isOver: false }
  const running: ReturnType<typeof talkThrough>[] = []
  for (const own of questions) {
    let onUp = () => {}
    const arrived = new Promise<void>((resolve) => {
      onUp = resolve
    })
    const call = talkThrough(stack, { questions: own, gate, onUp, signal })
    inBackground(call, { signal, onError: () => undefined }) // awaited below
    running.push(call)
    const late = AbortSignal.timeout(arrivalMs)
    await Promise.race([arrived, call, whenAborted(late)])
    await untilReplaced(pool, { timeoutMs: replacedMs, signal })
  }
  gate.openedAt = epochNow()
  const all = await Promise.all(running)
  return {
    calls: questions.length,
    gapsMs: all.flatMap(({ gapsMs }) => gapsMs),
    failures: all.filter(({ hasFailed }) => hasFailed).length,
  }
}

interface TalkOptions {
  readonly questions: readonly Int16Array[]
  readonly gate: { readonly openedAt: number; isOver: boolean }
  /** The greeting is over. */
  readonly onUp: () => void
  readonly signal: AbortSignal
}

async function talkThrough(
  stack: Stack,
  { questions, gate, onUp, signal }: TalkOptions,
): Promise<{ readonly gapsMs: readonly number[]; readonly hasFailed: boolean }> {
  const talk = createTalk({ signal })
  let hasAsked = false
  let wasIgnored = false
  const askOnce = async (line: Line, question: Int16Array) => {
    const { endedAt } = await line.play(question, { signal })
    return (await talk.untilVoice(line, endedAt)) !== undefined && talk.untilQuiet(line)
  }
  /** Who gets no answer asks once more, as people do; the call has failed for all that. */
  const ask = async (line: Line, question: Int16Array | undefined) => {
    if (!question || line.state.kind === 'ended') return false
    if (await askOnce(line, question)) return true
    wasIgnored = true
    return askOnce(line, question)
  }
  const report = await placeCall(stack, {
    signal,
    onEvent: (event) => talk.heard(event),
    async converse(line) {
      if (!(await talk.untilQuiet(line))) return
      onUp()
      while (epochNow() < gate.openedAt) if (!(await ask(line, questions[0]))) return
      for (const question of questions) {
        if (gate.isOver) break
        if (!(await ask(line, question))) return
      }
      hasAsked = true
      gate.isOver = true
    },
  })
  const measured = turnsSince(report.events, gate.openedAt)
  return {
    gapsMs: report.turns.flatMap(({ turnId, wireGapMs }) =>
      measured.has(turnId) && wireGapMs !== undefined ? [wireGapMs] : [],
    ),
    hasFailed: !hasAsked || wasIgnored,
  }
}

function turnsSince(events: readonly CallEvent[], since: number): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.type === 'turn-received' && event.at > since ? [event.turnId] : [],
    ),
  )
}

import { setTimeout as delay } from 'node:timers/promises'
import type { CallEvent, Stack } from '@trunkline/contracts'
import { epochNow, inBackground } from '@trunkline/runtime'
import {
  type CallEnd,
  type G711Codec,
  layOut,
  PhoneError,
  type RoughPathOptions,
  type TimedAudio,
} from '@trunkline/telephony'
import { watchAgent } from './agent-watch.ts'
import { CallFailure } from './call-failure.ts'
import { applyEvent, type Conversation, emptyConversation, isSettled } from './conversation.ts'
import { findCall, followCall } from './follow-call.ts'
import type { Line } from './line.ts'
import { type BargeIn, measureBargeIn, measureTurns, type TurnMeasurement } from './measure.ts'
import type { Step } from './options.ts'
import { prepareSteps } from './prepare-steps.ts'
import { openRoomLine } from './room-line.ts'
import { runSteps } from './run-steps.ts'
import { openSipLine } from './sip-line.ts'

export interface PlaceCallOptions {
  readonly steps?: readonly Step[]
  readonly via?: 'sip' | 'room'
  /** Number to dial; the stack's by default. */
  readonly number?: string | undefined
  /** Number that calls. */
  readonly from?: string | undefined
  /** SIP password; the stack's by default. */
  readonly password?: string | undefined
  readonly codecs?: readonly G711Codec[] | undefined
  /** What the telephone's packets meet on their way. */
  readonly network?: RoughPathOptions | undefined
  readonly language?: string
  readonly voice?: string | undefined
  /** How long to wait for the answer and for each reply; 20 s by default. */
  readonly timeoutMs?: number
  /** Hangs up; the report then has the failure `stopped`. */
  readonly signal?: AbortSignal
  /** Talks instead of the steps; the call lasts until it returns or the call is over. */
  readonly converse?: (line: Line, options: { signal: AbortSignal }) => Promise<void>
  readonly onAnswered?: (timings: CallReport['timings']) => void
  readonly onEvent?: (event: CallEvent) => void
  /** A turn is over and all that will be known of it is known. */
  readonly onTurn?: (turn: TurnMeasurement) => void
}

/** One call as its caller lived through it. */
export interface CallReport {
  /** Undefined when everything went as asked. */
  readonly failure: { readonly code: CallFailure['code']; readonly message: string } | undefined
  readonly via: 'sip' | 'room'
  /** The orchestrator's id of the call. */
  readonly callId: string | undefined
  /** Milliseconds since INVITE (or since the token was asked for, in a room). */
  readonly timings: {
    readonly ringingMs?: number
    readonly answeredMs?: number
    /** First voiced sample received: the greeting's. */
    readonly greetingMs?: number
    readonly endedMs?: number
  }
  readonly greeting: string | undefined
  readonly turns: readonly TurnMeasurement[]
  readonly bargeIns: readonly BargeIn[]
  readonly end: CallEnd | undefined
  readonly endReason: string | undefined
  readonly events: readonly CallEvent[]
  /** Both directions from `startAt` (epoch ms), aligned by the clock of this machine. */
  readonly audio: {
    readonly sampleRateHz: 8000
    readonly startAt: number
    readonly caller: Int16Array
    readonly agent: Int16Array
    /** The agent's packets as they came. */
    readonly received: readonly TimedAudio[]
  }
  readonly trace: readonly string[]
}

const defaultTimeoutMs = 20_000
/** Time for the events that follow the last words: statistics, the agent's own hang-up. */
const lastEventsMs = 600
const agentHangupMs = 10_000
const callEndedEventMs = 3000

/** A wait that loses a race must not keep the process alive. */
const sleep = (ms: number) => delay(ms, undefined, { ref: false })

/** Makes one call and measures it. Never throws for what goes wrong with the call: the report says it. */
export async function placeCall(stack: Stack, options: PlaceCallOptions = {}): Promise<CallReport> {
  const { steps = [], via = 'sip', timeoutMs = defaultTimeoutMs, language = 'en' } = options
  const stop = options.signal ?? new AbortController().signal
  const following = new AbortController()
  const events: CallEvent[] = []
  const reported = new Set<string>()
  let conversation: Conversation = emptyConversation
  let lastEventAt: number | undefined
  let callId: string | undefined
  let line: Line | undefined
  let interruptionsAt: readonly number[] = []
  let failure: CallReport['failure']

  const reportTurns = (isFinal: boolean) => {
    if (!line) return
    for (const turn of measureTurns(conversation, line.recording)) {
      const known = conversation.turns.find(({ turnId }) => turnId === turn.turnId)
      const isOver = known?.heard !== undefined && isSettled(known) && known.waterfall !== undefined
      if (reported.has(turn.turnId) || !(isOver || isFinal)) continue
      reported.add(turn.turnId)
      options.onTurn?.(turn)
    }
  }

  const follow = async (open: Line) => {
    const { orchestrator } = stack.urls
    const source = { orchestrator, token: stack.tokens.operator, signal: following.signal }
    callId = await findCall(open.query, source)
    for await (const event of followCall(callId, source)) {
      events.push(event)
      lastEventAt = epochNow()
      conversation = applyEvent(conversation, event)
      options.onEvent?.(event)
      reportTurns(false)
    }
  }

  const converse = async (open: Line) => {
    await open.answered.catch((error: unknown) => {
      if (stop.aborted) throw new CallFailure('stopped', 'stopped')
      throw toCallFailure(error)
    })
    options.onAnswered?.(toTimings(open))
    const watch = watchAgent({
      ...{ line: open, timeoutMs, signal: stop },
      conversation: () => conversation,
      lastEventAt: () => lastEventAt,
    })
    if (options.converse) await options.converse(open, { signal: stop })
    else ({ interruptionsAt } = await runSteps(ready, { line: open, watch, signal: stop }))
    if (!options.converse) await Promise.race([sleep(lastEventsMs), open.ended])
    // The agent says goodbye and hangs up by itself: it must be given the time to.
    if (conversation.endReason) await Promise.race([open.ended, sleep(agentHangupMs)])
  }

  let ready: Awaited<ReturnType<typeof prepareSteps>> = []
  let followed: Promise<void> = Promise.resolve()
  try {
    const { voice } = options
    ready = await prepareSteps(stack, steps, { language, voice, signal: stop })
    line = await openLine(stack, { ...options, via, timeoutMs, signal: stop })
    followed = follow(line)
    inBackground(followed, { signal: following.signal, onError: () => undefined })
    await converse(line)
  } catch (error) {
    const { code, message } = toFailure(error, { isStopped: stop.aborted })
    failure = { code, message }
  }
  const end = await line?.hangup()
  await Promise.race([followed.catch(() => undefined), sleep(callId ? callEndedEventMs : 0)])
  following.abort()
  await line?.close()
  reportTurns(true)
  const audio = line?.recording ?? { sent: [], received: [] }
  const startAt = line?.timings.answeredAt ?? line?.timings.inviteAt ?? epochNow()
  return {
    ...{ failure, via, callId, end, events },
    timings: line ? toTimings(line) : {},
    greeting: conversation.greeting,
    turns: measureTurns(conversation, audio),
    bargeIns: interruptionsAt.flatMap((onsetAt) => {
      const next = conversation.turns.find(({ receivedAt }) => receivedAt > onsetAt)
      const answerAt = next?.firstSampleAt
      return measureBargeIn(audio.received, { onsetAt, ...(answerAt && { answerAt }) }) ?? []
    }),
    endReason: conversation.endReason,
    audio: {
      sampleRateHz: 8000,
      startAt,
      caller: layOut(audio.sent, startAt),
      agent: layOut(audio.received, startAt),
      received: audio.received,
    },
    trace: line?.trace ?? [],
  }
}

type LineOptions = PlaceCallOptions &
  Required<Pick<PlaceCallOptions, 'via' | 'timeoutMs' | 'signal'>>

function openLine(stack: Stack, options: LineOptions): Promise<Line> {
  const { via, timeoutMs, signal, number, from, password, codecs, network } = options
  return via === 'room'
    ? openRoomLine(stack, { answerTimeoutMs: timeoutMs, signal })
    : openSipLine(stack, {
        ...{ number, from, password, codecs, network, signal },
        ringTimeoutMs: timeoutMs,
      })
}

function toTimings({ timings }: Line): CallReport['timings'] {
  const { inviteAt, ringingAt, answeredAt, firstVoicedAt, endedAt } = timings
  return {
    ...(ringingAt && { ringingMs: ringingAt - inviteAt }),
    ...(answeredAt && { answeredMs: answeredAt - inviteAt }),
    ...(firstVoicedAt && { greetingMs: firstVoicedAt - inviteAt }),
    ...(endedAt && { endedMs: endedAt - inviteAt }),
  }
}

function toFailure(error: unknown, { isStopped }: { isStopped: boolean }): CallFailure {
  if (isStopped) return new CallFailure('stopped', 'stopped')
  if (error instanceof CallFailure) return error
  if (error instanceof PhoneError && error.code === 'call-over') {
    const message = 'the call ended before everything was said'
    return new CallFailure('ended-early', message, { cause: error })
  }
  throw error
}

function toCallFailure(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error
  const message = error instanceof Error ? error.message : 'the call was not answered'
  return new CallFailure('not-answered', message, { cause: error })
}

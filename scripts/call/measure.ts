import type { Waterfall } from '@trunkline/contracts'
import { findSpeech, firstVoicedAt, lastVoicedAt, type TimedAudio } from '@trunkline/telephony'
import type { Conversation, ConversationTurn } from './conversation.ts'

/** Both directions of a call as they were on the wire. */
export interface WireAudio {
  readonly sent: readonly TimedAudio[]
  readonly received: readonly TimedAudio[]
}

/** One turn, measured from the caller's end; milliseconds. What could not be measured is undefined. */
export interface TurnMeasurement {
  readonly turnId: string
  readonly callerText: string
  /** What was played of the reply, or sent to be said when that is not known. */
  readonly agentText: string
  readonly interrupted: boolean
  /** Packet with the caller's last voiced sample → packet with the reply's first one. */
  readonly wireGapMs: number | undefined
  /**
   * Where the agent has told its moments, the figures are as it told them; else `endpointingMs` is counted from the
   * caller's last voiced sample on the wire to `turn-received`.
   */
  readonly waterfall: (Waterfall & { readonly endpointingMs: number }) | undefined
  /**
   * The gap less what the parts explain: the way in and out through SIP and room, or only out where the agent has
   * not told its moments.
   */
  readonly restMs: number | undefined
  /**
   * Wire to agent, and agent to wire, where the agent has told its moments; the two add up to `restMs`. Right only
   * where the agent runs on this machine, by whose clock both ends are read.
   */
  readonly transport?: { readonly inMs: number; readonly outMs: number }
}

export interface BargeIn {
  /** Packet with the caller's first voiced sample of the interruption. */
  readonly onsetAt: number
  /** Packet with the agent's last voiced sample. */
  readonly silentAt: number
  readonly stopMs: number
  /** Milliseconds of speech that came back within two seconds of the silence, before the caller was answered. */
  readonly resumedMs: number
  /** When the reply to the interruption was given to the room. */
  readonly answerAt?: number
}

/** Every turn that was not taken back, in order. */
export function measureTurns(conversation: Conversation, audio: WireAudio): TurnMeasurement[] {
  return conversation.turns
    .filter(({ state }) => state !== 'superseded')
    .map((turn) => measureTurn(turn, audio))
}

function measureTurn(turn: ConversationTurn, { sent, received }: WireAudio): TurnMeasurement {
  const { turnId, callerText, interrupted, receivedAt } = turn
  const spokenUntil =
    turn.source === 'speech' ? lastVoicedAt(sent, { before: receivedAt }) : undefined
  // The agent's own time stamp keeps the end of an older reply out of this one's measurement.
  const from = turn.firstSampleAt ?? turn.firstSayStartedAt ?? receivedAt
  const wasSaid = turn.firstSampleAt !== undefined || turn.firstSayStartedAt !== undefined
  const replyAt = wasSaid ? firstVoicedAt(received, { from }) : undefined
  const wireGapMs =
    spokenUntil === undefined || replyAt === undefined ? undefined : replyAt - spokenUntil
  const waterfall =
    spokenUntil === undefined || turn.waterfall === undefined
      ? undefined
      : withEndpointing(turn.waterfall, { receivedAt, spokenUntil })
  const restMs =
    wireGapMs === undefined || waterfall === undefined ? undefined : wireGapMs - sumOf(waterfall)
  const agentText = turn.heard ?? turn.sentences.join(' ')
  const outMs =
    replyAt !== undefined && turn.firstSampleAt !== undefined && turn.waterfall?.wait
      ? replyAt - turn.firstSampleAt
      : undefined
  return {
    ...{ turnId, callerText, agentText, interrupted, wireGapMs, waterfall, restMs },
    ...(restMs !== undefined &&
      outMs !== undefined && { transport: { inMs: restMs - outMs, outMs } }),
  }
}

function withEndpointing(
  waterfall: Waterfall,
  { receivedAt, spokenUntil }: { receivedAt: number; spokenUntil: number },
) {
  const told = waterfall.wait && waterfall.endpointingMs
  return { ...waterfall, endpointingMs: told ?? receivedAt - spokenUntil }
}

/** ASR's final overlaps endpointing and is no part of the sum. */
function sumOf(waterfall: Waterfall & { readonly endpointingMs: number }): number {
  const { endpointingMs, orchestratorMs, llmMs, ttsMs, agentMs } = waterfall
  return endpointingMs + orchestratorMs + llmMs + ttsMs + agentMs
}

const resumeWindowMs = 2000
/** Times are those of packets, so speech may go on for one packet past its last time. */
const packetMs = 20

/**
 * How long the agent went on after the caller's onset. Undefined when the agent was not speaking then.
 * `answerAt` is when the reply to the interruption begins; speech from then on is no resumption.
 */
export function measureBargeIn(
  received: readonly TimedAudio[],
  { onsetAt, answerAt }: { onsetAt: number; answerAt?: number },
): BargeIn | undefined {
  const spans = findSpeech(received, { minSpanMs: 20 })
  const running = spans.find(
    ({ startAt, endAt }) => startAt <= onsetAt && endAt >= onsetAt - packetMs,
  )
  if (!running) return undefined
  const silentAt = Math.max(running.endAt, onsetAt)
  const until = Math.min(silentAt + resumeWindowMs, answerAt ?? Number.POSITIVE_INFINITY)
  const resumedMs = spans
    .filter(({ startAt }) => startAt > silentAt && startAt < until)
    .reduce((sum, { startAt, endAt }) => sum + Math.min(endAt, until) - startAt, 0)
  const stopMs = silentAt - onsetAt
  return { onsetAt, silentAt, stopMs, resumedMs, ...(answerAt !== undefined && { answerAt }) }
}

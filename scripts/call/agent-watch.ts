import { setTimeout as sleep } from 'node:timers/promises'
import { epochNow } from '@trunkline/runtime'
import { firstVoicedAt, lastVoicedAt, type Playback } from '@trunkline/telephony'
import { CallFailure } from './call-failure.ts'
import { type Conversation, isAnswered } from './conversation.ts'
import type { Line } from './line.ts'

/** When the caller spoke, epoch ms. */
export interface Spoken {
  readonly from: number
  readonly until: number
}

export interface AgentWatchOptions {
  readonly line: Line
  readonly conversation: () => Conversation
  /** When the last event came in, epoch ms; undefined while the orchestrator does not know the call. */
  readonly lastEventAt: () => number | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** Waits for what the agent does, by the orchestrator's events and by what is on the wire. */
export interface AgentWatch {
  /** @throws {CallFailure} `no-greeting`, `ended-early`, `stopped` */
  greetingOver(): Promise<void>
  /**
   * The reply to what was said has been played: to all of it or, when the agent has left the last words ("…, please?")
   * unanswered for a while, to what came before them. After the caller's last words of the call (`isLast`) the agent
   * may end it with the reply. @throws {CallFailure} `no-reply`, `ended-early`, `stopped`
   */
  replyOver(spoken: Spoken, options: { isLast: boolean }): Promise<void>
  /** Time of the first voiced packet after `from`. @throws {CallFailure} `no-reply`, … */
  wordsBegin(from: number): Promise<number>
  /** A turn made of keys has come in after `from`; false when none does within a moment. */
  keysTaken(from: number): Promise<boolean>
  /** The line has been quiet for a moment. */
  quiet(): Promise<void>
}

const pollMs = 40
/** After the last event, playout may still be on its way through room, mixer and jitter buffer. */
const quietMs = 300
/** Without events a pause between sentences must not be taken for the end. */
const quietWithoutEventsMs = 1500
const keysTakenMs = 3000
/** Longer than the agent waits for a recogniser that is behind. */
const leftUnansweredMs = 5000

export function toSpoken(played: Playback): Spoken {
  const { firstVoicedAt: from, startedAt, lastVoicedAt: until, endedAt } = played
  return { from: from ?? startedAt, until: until ?? endedAt }
}

export function watchAgent(options: AgentWatchOptions): AgentWatch {
  const { line, conversation, lastEventAt, timeoutMs, signal } = options
  const received = () => line.recording.received

  const isQuiet = (ms: number) => {
    const now = epochNow()
    const frames = received()
    let index = frames.length
    while (index > 0 && (frames[index - 1]?.at ?? 0) > now - ms) index -= 1
    return lastVoicedAt(frames.slice(index)) === undefined
  }
  const heardSince = (from: number) => firstVoicedAt(received(), { from }) !== undefined
  const hasEvents = () => lastEventAt() !== undefined
  /** When the agent last did anything that can be noticed. */
  const lastSignOfLife = (from: number) =>
    Math.max(from, lastEventAt() ?? 0, lastVoicedAt(received().slice(-500)) ?? 0)

  const until = async (isSo: () => boolean, failure: () => CallFailure, from = epochNow()) => {
    for (;;) {
      if (signal.aborted) throw new CallFailure('stopped', 'stopped')
      if (isSo()) return
      if (line.state.kind === 'ended') {
        throw new CallFailure('ended-early', 'the call ended before everything was said')
      }
      if (epochNow() - lastSignOfLife(from) > timeoutMs) throw failure()
      await sleep(pollMs)
    }
  }
  const noReply = () =>
    new CallFailure('no-reply', `the agent gave no reply within ${timeoutMs / 1000} s`)

  return {
    greetingOver: () =>
      until(
        () => {
          if (!heardSince(0)) return false
          if (hasEvents()) return conversation().greetingOver && isQuiet(quietMs)
          return isQuiet(quietWithoutEventsMs)
        },
        () => new CallFailure('no-greeting', `the agent said nothing within ${timeoutMs / 1000} s`),
      ),
    replyOver: (spoken, { isLast }) =>
      until(
        () => {
          if (isLast && line.state.kind === 'ended') return heardSince(spoken.until)
          if (!hasEvents()) return heardSince(spoken.until) && isQuiet(quietWithoutEventsMs)
          if (isAnswered(conversation(), spoken.until)) return isQuiet(quietMs)
          const waitedMs = epochNow() - lastSignOfLife(spoken.until)
          return waitedMs > leftUnansweredMs && isAnswered(conversation(), spoken.from)
        },
        noReply,
        spoken.until,
      ),
    async wordsBegin(from) {
      await until(() => heardSince(from), noReply, from)
      return firstVoicedAt(received(), { from }) ?? epochNow()
    },
    async keysTaken(from) {
      const isTaken = () =>
        conversation().turns.some((turn) => turn.source === 'dtmf' && turn.receivedAt >= from)
      await until(() => isTaken() || epochNow() - from > keysTakenMs, noReply, from)
      return isTaken()
    },
    quiet: () => until(() => isQuiet(quietMs), noReply),
  }
}

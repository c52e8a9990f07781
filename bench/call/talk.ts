import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEvent } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { firstVoicedAt, lastVoicedAt } from '@trunkline/telephony'
import {
  applyEvent,
  type Conversation,
  emptyConversation,
  isSettled,
} from '../../scripts/call/conversation.ts'
import type { Line } from '../../scripts/call/line.ts'

/** A caller who waits for the agent, by what is on the wire and by the orchestrator's events. */
export interface Talk {
  readonly conversation: Conversation
  heard(event: CallEvent): void
  /** Nobody says anything, and nothing is owed; false when that does not come, or the call is over. */
  untilQuiet(line: Line): Promise<boolean>
  /** The first voiced packet after `from`; undefined when there is none. */
  untilVoice(line: Line, from: number): Promise<number | undefined>
}

const lookMs = 20
const longestWaitMs = 25_000
/** Longer than the gap between two sentences. */
const quietMs = 900

export function createTalk({ signal }: { signal: AbortSignal }): Talk {
  let conversation = emptyConversation
  const until = async (line: Line, fits: () => boolean) => {
    const giveUpAt = performance.now() + longestWaitMs
    while (!fits()) {
      if (line.state.kind === 'ended' || performance.now() > giveUpAt) return false
      await sleep(lookMs, undefined, { signal })
    }
    return true
  }
  return {
    get conversation() {
      return conversation
    },
    heard(event) {
      conversation = applyEvent(conversation, event)
    },
    untilQuiet: (line) =>
      until(line, () => {
        const voiceAt = lastVoicedAt(line.recording.received.slice(-500)) ?? epochNow()
        const spokeAt = lastVoicedAt(line.recording.sent.slice(-500)) ?? 0
        const isQuiet = epochNow() - Math.max(voiceAt, spokeAt) > quietMs
        return isQuiet && conversation.greetingOver && conversation.turns.every(isSettled)
      }),
    async untilVoice(line, from) {
      const find = () => firstVoicedAt(line.recording.received, { from })
      await until(line, () => find() !== undefined)
      return find()
    },
  }
}

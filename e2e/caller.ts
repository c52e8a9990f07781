import type { CallEvent, CallEventOf, Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import type { RoughPathOptions } from '@trunkline/telephony'
import { toSpoken, watchAgent } from '../scripts/call/agent-watch.ts'
import { synthesizeCaller } from '../scripts/call/caller-voice.ts'
import { applyEvent, type Conversation, emptyConversation } from '../scripts/call/conversation.ts'
import type { Line } from '../scripts/call/line.ts'
import { type CallReport, placeCall } from '../scripts/call/place-call.ts'

/** A caller who decides what to say next by what was answered. */
export interface Caller {
  readonly line: Line
  /** Every event of the call so far. */
  readonly events: readonly CallEvent[]
  readonly conversation: Conversation
  readonly signal: AbortSignal
  /** Speaks 8 kHz audio and waits until the agent has answered and is quiet. Gives when the last word was sent. */
  play(pcm: Int16Array): Promise<number>
  /** The same with words, in the caller's voice. */
  say(text: string): Promise<number>
  /** Waits until the agent has spoken (after `from`, epoch ms) for `afterMs`, then speaks over it. Gives the onset. */
  interrupt(pcm: Int16Array, options: { from: number; afterMs: number }): Promise<number>
}

export interface TalkOptions {
  readonly via: 'sip' | 'room'
  readonly voice?: string | undefined
  readonly network?: RoughPathOptions | undefined
}

const replyTimeoutMs = 30_000

/** Calls, lets the greeting finish, and talks. Hangs up in the end whatever happened; a failure is thrown. */
export async function talkTo(
  stack: Stack,
  { via, voice, network }: TalkOptions,
  talk: (caller: Caller) => Promise<void>,
): Promise<CallReport> {
  const events: CallEvent[] = []
  let conversation = emptyConversation
  let lastEventAt: number | undefined
  let failure: unknown
  const report = await placeCall(stack, {
    via,
    network,
    timeoutMs: replyTimeoutMs,
    onEvent(event) {
      events.push(event)
      lastEventAt = epochNow()
      conversation = applyEvent(conversation, event)
    },
    async converse(line, { signal }) {
      const watch = watchAgent({
        ...{ line, signal, timeoutMs: replyTimeoutMs },
        conversation: () => conversation,
        lastEventAt: () => lastEventAt,
      })
      const play = async (pcm: Int16Array) => {
        const spoken = toSpoken(await line.play(pcm, { signal }))
        await watch.replyOver(spoken, { isLast: true })
        return spoken.until
      }
      const caller: Caller = {
        ...{ line, events, signal, play },
        get conversation() {
          return conversation
        },
        async say(text) {
          const [pcm] = await synthesizeCaller(stack, [text], { language: 'en', voice, signal })
          return play(pcm ?? new Int16Array())
        },
        async interrupt(pcm, { from, afterMs }) {
          const begunAt = await watch.wordsBegin(from)
          await watchFor(begunAt + afterMs, signal)
          const spoken = toSpoken(await line.play(pcm, { signal }))
          await watch.replyOver(spoken, { isLast: true })
          return spoken.from
        },
      }
      try {
        await watch.greetingOver()
        await talk(caller)
      } catch (error) {
        failure = error
      }
    },
  })
  if (failure !== undefined) throw failure
  if (report.failure) throw new Error(`${report.failure.code}: ${report.failure.message}`)
  return report
}

/** The events of one type, in order. */
export function eventsOf<T extends CallEvent['type']>(
  events: readonly CallEvent[],
  type: T,
): CallEventOf<T>[] {
  return events.filter((event): event is CallEventOf<T> => event.type === type)
}

function watchFor(at: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(0, at - epochNow()))
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
}

import type { Room } from '@livekit/rtc-node'
import type { OnMachine } from '@trunkline/contracts'
import { whenAborted } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Outgoing, Send } from '../channel/outgoing.ts'
import { createDeferred } from '../deferred.ts'
import { listenToCaller } from '../listening/caller-audio.ts'
import { hearingRateHz } from '../listening/caller-track.ts'
import type { AnswerVerdict } from './answer.ts'
import { type AnswerWatch, watchAnswer } from './watch-answer.ts'

/** Finds out who took a call that we placed, beside the conversation. */
export interface AnsweredCall {
  /**
   * Begins, when the callee has answered; resolves when we may say who we are, and when the call is over. A machine
   * that is hung up on or left a message is not greeted.
   */
  mayGreet(call: {
    outbound: { readonly onMachine: OnMachine } | undefined
    language: string
    room: Room
    /** Identity of the callee's participant. */
    callee: string
  }): Promise<void>
  /** What the conversation has heard of the callee, as it is told to the orchestrator. */
  noteSent(message: Outgoing): void
  /** The call was answered before, by another job: nothing is to be found out. */
  skip(): void
}

export interface AnsweredCallOptions {
  readonly send: Send
  /** Our greeting was begun, and a machine is there. */
  readonly stopSpeaking: () => void
  readonly logger: Logger
  readonly signal: AbortSignal
}

export function createAnsweredCall(options: AnsweredCallOptions): AnsweredCall {
  const { send, stopSpeaking, logger, signal } = options
  let state: State = { kind: 'early', notes: [] }
  let speechStartedAt = 0

  const tell = ({ by, atMs }: AnswerVerdict, isRecording: boolean) =>
    send({ type: 'answered-by', by, atMs, isRecording })

  return {
    async mayGreet({ outbound, language, room, callee }) {
      const early = state.kind === 'early' ? state.notes : []
      state = done
      if (!outbound) return
      const { onMachine } = outbound
      const greeting = createDeferred<void>()
      const over = new AbortController()
      let verdict: AnswerVerdict | undefined
      const began = watchAnswer({
        ...{ language, onMachine },
        listener: {
          answeredBy(found) {
            verdict = found
            const { by, why, trace } = found
            logger.info({ by, why, atMs: found.atMs, ...trace }, 'who took the call is known')
            const isMachine = by === 'machine' || by === 'ivr'
            if (isMachine && onMachine !== 'go-on') stopSpeaking()
            tell(found, false)
          },
          plan(opening) {
            if (opening === 'greet') greeting.resolve()
            if (opening === 'leave-message' && verdict) tell(verdict, true)
          },
          over: () => stop(),
        },
      })
      state = { kind: 'watching', watch: began }
      for (const note of early) note(began)
      const stop = () => {
        state = done
        began.close()
        over.abort()
      }
      signal.addEventListener('abort', stop, { once: true })
      listenToCaller(room, callee, {
        signal: over.signal,
        onAudio: (pcm) => began.audio(pcm, { sampleRateHz: hearingRateHz }),
        onError: (error) => logger.warn({ err: error }, 'no beep is listened for any more'),
      })
      await Promise.race([greeting.promise, whenAborted(signal)])
    },
    noteSent(message) {
      if (state.kind === 'done') return
      const at = performance.now()
      const note = toNote(message, { at, speechStartedAt })
      if (message.type === 'speech-start') speechStartedAt = at
      if (!note) return
      if (state.kind === 'watching') note(state.watch)
      else state.notes.push(note)
    },
    skip() {
      state = done
    },
  }
}

type Note = (watch: AnswerWatch) => void

/**
 * - `early`: who answers speaks at once, and may be heard before the answer is told
 * - `done`: it is known who is there, or nobody asks; what is heard is not kept
 */
type State =
  | { readonly kind: 'early'; readonly notes: Note[] }
  | { readonly kind: 'watching'; readonly watch: AnswerWatch }
  | { readonly kind: 'done' }

const done: State = { kind: 'done' }

/** What a message tells of the callee. */
function toNote(
  message: Outgoing,
  { at, speechStartedAt }: { at: number; speechStartedAt: number },
): Note | undefined {
  switch (message.type) {
    case 'speech-start':
      return (watch) => watch.voiceStarted(at)
    case 'speech-end': {
      // It is told when the silence is certain; how long there was speech says when it ended.
      const endedAt = Math.min(at, speechStartedAt + (message.speechMs ?? at))
      return (watch) => watch.voiceEnded(endedAt)
    }
    case 'transcript-interim':
    case 'transcript-final': {
      const { text } = message
      const isFinal = message.type === 'transcript-final'
      return (watch) => watch.words(text, { isFinal })
    }
    default:
      return undefined
  }
}

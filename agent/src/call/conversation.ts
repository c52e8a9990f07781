import { type ReadableStream, TransformStream } from 'node:stream/web'
import { inference, stt, voice } from '@livekit/agents'
import type { AudioFrame, Room } from '@livekit/rtc-node'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { FinalTranscript, Listening } from '../listening/listening.ts'
import { ObservedVad } from '../listening/observed-vad.ts'
import type { Recognizer } from '../listening/recognizer.ts'
import type { Playout } from '../speaking/playout.ts'
import type { Stage } from '../speaking/speaker.ts'
import { type Expectation, toEndpointing } from '../turn-taking/endpointing.ts'

export interface Turn {
  readonly text: string
  readonly confidence: number
  readonly source: 'speech' | 'text'
}

interface ConversationListener {
  /** The caller's turn is over; `text` is all that was said in it. */
  turnEnded(turn: Turn): void
  /** Nobody has spoken for `sinceMs`. */
  silent(sinceMs: number): void
  /** The session cannot go on. */
  failed(): void
}

export interface ConversationOptions {
  readonly room: Room
  /** Identity of the caller's participant. */
  readonly caller: string
  /** Written chat and captions, for callers with a screen. */
  readonly withText: boolean
  readonly welcome: OrchestratorMessageOf<'welcome'>
  readonly recognizer: Recognizer
  readonly playout: Playout
  readonly listening: Listening
  readonly listener: ConversationListener
  readonly logger: Logger
}

export interface Conversation {
  readonly stage: Stage
  expect(expectation: Expectation): void
  close(): Promise<void>
}

/** The end-of-turn model looks at 200 ms of silence; a shorter VAD window refuses to start. */
const vadMinSilenceMs = 250
/** Longest gap inside a reply, for example a slow tool; agents-js' 10 s would cut the rest of it off. */
const longestGapMs = 120_000

/**
 * Listening, turn-taking and playing by an AgentSession that has no model: a finished turn goes to the listener, and
 * only what is put on the stage is spoken.
 */
export async function startConversation(options: ConversationOptions): Promise<Conversation> {
  const { room, caller, withText, welcome, recognizer, playout, listening, listener } = options
  const { turnTaking, limits } = welcome
  const session = new voice.AgentSession({
    stt: recognizer.stt,
    vad: new ObservedVad(listening, { minSilenceMs: vadMinSilenceMs }),
    aecWarmupDuration: null,
    userAwayTimeout: limits.silenceSeconds,
    forwardAudioIdleTimeout: longestGapMs,
    ttsReadIdleTimeout: longestGapMs,
    turnHandling: {
      turnDetection: new inference.TurnDetector({ version: 'v1-mini' }),
      endpointing: toEndpointing(turnTaking),
      interruption: {
        mode: 'vad',
        minDuration: turnTaking.minInterruptionMs,
        falseInterruptionTimeout: turnTaking.falseInterruptionTimeoutMs,
      },
      preemptiveGeneration: { enabled: false },
    },
    // The recogniser reconnects by itself; agents-js ends the call at the first error it gives up on.
    connOptions: { sttConnOptions: { maxRetry: 1000, retryIntervalMs: 500, timeoutMs: 10_000 } },
  })
  session.output.audio = playout
  follow(session, options)
  await session.start({
    agent: new ListeningAgent({ listening, listener }),
    room,
    record: false,
    inputOptions: {
      audioSampleRate: 16_000,
      participantIdentity: caller,
      textEnabled: withText,
      textInputCallback: (_session, { text }) => {
        if (text.trim() !== '') listener.turnEnded({ text, confidence: 1, source: 'text' })
      },
      closeOnDisconnect: false,
      deleteRoomOnClose: false,
    },
    // The output is ours; `true` would only warn that it is.
    outputOptions: { audioEnabled: false, transcriptionEnabled: withText },
  })
  return {
    stage: toStage(session, options),
    expect: (expectation) =>
      session.updateOptions({
        turnHandling: { endpointing: toEndpointing(turnTaking, expectation) },
      }),
    close: () => session.close(),
  }
}

function follow(session: voice.AgentSession, options: ConversationOptions): void {
  const { listening, listener, recognizer, logger, welcome } = options
  const events = voice.AgentSessionEventTypes
  session.on(events.UserStateChanged, ({ oldState, newState }) => {
    if (oldState === 'speaking' && newState === 'listening') recognizer.flush()
    if (newState === 'away') listener.silent(welcome.limits.silenceSeconds * 1000)
  })
  session.on(events.UserInputTranscribed, ({ transcript, isFinal, language }) => {
    if (!isFinal && transcript !== '') listening.interim(transcript, language ?? '')
  })
  session.on(events.EotPrediction, ({ probability, threshold }) => {
    listening.predicted({ probability, threshold })
  })
  session.on(events.Error, ({ error }) => {
    logger.debug({ source: readType(error) }, 'speech recognition reports an error')
  })
  session.on(events.Close, ({ reason }) => {
    if (reason === voice.CloseReason.ERROR) listener.failed()
  })
}

function toStage(session: voice.AgentSession, { playout, listening }: ConversationOptions): Stage {
  return {
    play: (text, { audio, allowInterruptions }) =>
      session.say(text, { audio, allowInterruptions, addToChatCtx: false }),
    clear: () => playout.clearBuffer(),
    bargeInStopMs() {
      const { stoppedAt } = playout
      const { onsetAt } = listening
      if (stoppedAt === undefined || onsetAt === undefined) return undefined
      return stoppedAt > onsetAt ? stoppedAt - onsetAt : undefined
    },
  }
}

class ListeningAgent extends voice.Agent {
  readonly #deps: Pick<ConversationOptions, 'listening' | 'listener'>

  constructor(deps: Pick<ConversationOptions, 'listening' | 'listener'>) {
    super({ instructions: '' })
    this.#deps = deps
  }

  override async onUserTurnCompleted(
    _context: unknown,
    message: { textContent?: string | undefined; transcriptConfidence?: number | undefined },
  ): Promise<void> {
    const text = message.textContent?.trim() ?? ''
    if (text !== '') {
      const confidence = message.transcriptConfidence ?? 0
      this.#deps.listener.turnEnded({ text, confidence, source: 'speech' })
    }
    // The orchestrator answers; the session itself never does.
    throw new voice.StopResponse()
  }

  override async sttNode(
    audio: ReadableStream<AudioFrame> | AsyncIterable<AudioFrame>,
    settings: voice.ModelSettings,
  ): Promise<ReadableStream<stt.SpeechEvent | string> | null> {
    const events = await super.sttNode(audio, settings)
    const listening = this.#deps.listening
    return (
      events?.pipeThrough(
        new TransformStream<stt.SpeechEvent | string, stt.SpeechEvent | string>({
          transform(event, controller) {
            const final = typeof event === 'string' ? undefined : toFinal(event)
            if (final) listening.final(final)
            controller.enqueue(event)
          },
        }),
      ) ?? null
    )
  }
}

/** The session's own event for a final has neither confidence nor words. */
function toFinal(event: stt.SpeechEvent): FinalTranscript | undefined {
  const best = event.alternatives?.[0]
  if (event.type !== stt.SpeechEventType.FINAL_TRANSCRIPT || !best?.text) return undefined
  const words = best.words?.map((word) => ({
    text: word.text,
    startMs: (word.startTime ?? 0) * 1000,
    endMs: (word.endTime ?? 0) * 1000,
    ...(word.confidence !== undefined && { confidence: word.confidence }),
  }))
  const { text, language, confidence } = best
  return { text, language, confidence, ...(words && { words }) }
}

function readType(error: unknown): string {
  return typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : ''
}

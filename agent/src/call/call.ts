import { setTimeout as sleep } from 'node:timers/promises'
import type { JobContext } from '@livekit/agents'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { createDisposalStack, inBackground, whenAborted } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { createAnsweredCall } from '../answering-machine/answered-call.ts'
import { createCallControl } from '../call-control/call-control.ts'
import { openChannel } from '../channel/channel.ts'
import type { Config } from '../config.ts'
import { createDeferred } from '../deferred.ts'
import { createCallRecording } from '../recording/call-recording.ts'
import { Speaker } from '../speaking/speaker.ts'
import { createTurnMarks } from '../speaking/turn-marks.ts'
import { createActions } from './actions.ts'
import { answerCall } from './answer-call.ts'
import { createEnding } from './ending.ts'
import { createFallbacks } from './fallbacks.ts'
import { followRoom } from './follow-room.ts'
import { createParting } from './parting.ts'
import { createPresence } from './presence.ts'
import { receive } from './receive.ts'
import { createTalk } from './talk.ts'
import { createTelling } from './telling.ts'
import { createTurnBook } from './turn-book.ts'

/** One call, from the dispatch of its job to the end of the process. */
export interface Call {
  /** Resolves when this process has done its part and should end. */
  readonly closed: Promise<void>
  /** Sets the call up; resolves when it is under way or when there is none. */
  start(): Promise<void>
  /** Ends the call's part in this process for a reason of our own. */
  fail(error: unknown): void
}

export interface CallOptions {
  readonly ctx: JobContext
  readonly config: Config
  readonly logger: Logger
  /** The caller can hear this job, or it has ended. */
  readonly onSettled?: () => void
}

/** Bound on waiting for the end of speech that nobody interrupts. */
const longestSpeechMs = 60_000

/** Builds the parts of a call; the channel to the orchestrator is opened at once. */
export function createCall({ ctx, config, logger, onSettled = () => {} }: CallOptions): Call {
  const stack = createDisposalStack()
  const job = toJob(ctx)
  const book = createTurnBook()
  const marks = createTurnMarks()
  const welcome = createDeferred<OrchestratorMessageOf<'welcome'> | undefined>()
  let bridged: Promise<void> | undefined
  const onError = (error: unknown) => logger.error({ err: error }, 'unexpected failure')
  const background = { onError }

  const ending = createEnding({
    sendLast: (message) => telling.sendLast(message),
    flushed: (timeoutMs) => channel.flushed(timeoutMs),
    stopSpeaking: () => speaker.stop(),
    endRecording: () => recording.close(),
    shutdown: (reason) => ctx.shutdown(reason),
    dispose: () => stack.close(),
    onError,
  })
  const { signal } = ending
  const settled = () => {
    onSettled()
    welcome.resolve(undefined)
  }
  signal.addEventListener('abort', settled, { once: true })
  const fail = (error: unknown) => {
    if (!signal.aborted) logger.error({ err: error }, 'call failed')
    ending.end('error')
  }

  const fallbacks = createFallbacks({
    ...{ config, job, logger, signal, welcome: welcome.promise },
    mute: () => speaker.mute(),
    onVoiceless: () => inBackground(parting.withoutVoice(), background),
  })
  const { synthesizer, plainSynthesizer } = fallbacks
  stack.defer(() => synthesizer.close())
  const channel = openChannel({
    ...config.orchestrator,
    ...{ job, logger },
    onMessage: (message) => inBackground(receive(message, receivers), background),
  })
  stack.defer(() => channel.close())
  const telling = createTelling(channel)
  const { send } = telling

  const recording = createCallRecording({ settings: config.recording, send, logger, signal })
  const answered = createAnsweredCall({
    ...{ send, logger, signal },
    stopSpeaking: () => speaker.stop(),
  })
  telling.listen((message) => answered.noteSent(message))
  const speaker = new Speaker({
    ...{ synthesizer, book, marks, send, logger },
    asrFinalMs: (turnId) => talk.asrFinalMs(turnId),
    channelRoundTripMs: () => channel.roundTripMs,
  })
  const control = createCallControl({
    ...{ room: () => ctx.room, synthesizer: plainSynthesizer, logger, signal },
    setLanguage: (language) => talk.conversation?.setLanguage(language) ?? false,
  })
  stack.defer(() => control.close())
  telling.listen((message) => control.noteSent(message))
  const presence = createPresence(ctx, {
    ...{ logger, signal },
    onVoice(voice) {
      onSettled()
      bridged = welcome.promise.then((known) => fallbacks.bridging.over(known, voice))
      inBackground(bridged, background)
    },
  })
  stack.defer(() => presence.close())
  const parting = createParting({
    ...{ presence, ending, logger, welcome: welcome.promise },
    lastResort: fallbacks.lastResort,
  })
  const talk = createTalk({
    ...{ room: ctx.room, book, marks, speaker, telling, logger, signal },
    asr: { ...config.asr, traceparent: channel.traceparent },
    isListening: () => control.isListening,
    ...{ onFailed: fail, onError },
  })
  stack.defer(() => talk.close())
  const actions = createActions({
    ...{ speaker, control, talk, send },
    playedOut() {
      const isOver = whenAborted(signal)
      return Promise.race([speaker.playedOut(), sleep(longestSpeechMs), isOver])
    },
    onHangUp: () => ending.hangingUp(),
    onBridged: () => inBackground(ending.leave('bridged'), background),
  })
  const receivers = {
    ...{ book, speaker, talk, actions, recording, fallbacks },
    onWelcome: welcome.resolve,
  }

  return {
    closed: ending.closed,
    fail,
    async start() {
      ctx.addShutdownCallback(() => ending.leave('shutdown'))
      const withoutChannel = channel.ended.then((end) => {
        welcome.resolve(undefined)
        return parting.withoutChannel(end)
      })
      inBackground(withoutChannel, background)
      followRoom(ctx.room, { ending, onError, logger })
      await answerCall({
        ...{ room: ctx.room, presence, talk, speaker, actions, answered, recording, fallbacks },
        ...{ ending, send, onError, logger, welcome: welcome.promise, bridged: () => bridged },
      })
    },
  }
}

function toJob({ job }: JobContext) {
  const { room, id, metadata } = job
  return { room: room?.name ?? '', roomSid: room?.sid ?? '', jobId: id, metadata }
}

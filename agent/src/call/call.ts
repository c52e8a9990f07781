import { setTimeout as sleep } from 'node:timers/promises'
import type { JobContext } from '@livekit/agents'
import { DisconnectReason, RoomEvent } from '@livekit/rtc-node'
import type { AgentMessageOf, OrchestratorMessageOf } from '@trunkline/contracts'
import { createDisposalStack, inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { type AnsweredCall, createAnsweredCall } from '../answering-machine/answered-call.ts'
import { type CallControl, createCallControl } from '../call-control/call-control.ts'
import { publishSound } from '../call-control/sound-track.ts'
import {
  type CallChannel,
  type ChannelEnd,
  type Incoming,
  openChannel,
} from '../channel/channel.ts'
import type { Send } from '../channel/outgoing.ts'
import type { Config } from '../config.ts'
import { createDeferred, whenAborted } from '../deferred.ts'
import { createListening } from '../listening/listening.ts'
import { type CallRecording, createCallRecording } from '../recording/call-recording.ts'
import { type Comfort, createComfort } from '../speaking/comfort.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import { greetingTurnId, Speaker } from '../speaking/speaker.ts'
import { createTurnMarks } from '../speaking/turn-marks.ts'
import { type Actions, createActions } from './actions.ts'
import { attendCaller } from './attend-caller.ts'
import { type Caller, toEndReason } from './caller.ts'
import { type Conversation, startConversation } from './conversation.ts'
import { createFallbacks, type Fallbacks } from './fallbacks.ts'
import { joinRoom } from './join-room.ts'
import type { LostCall } from './last-resort.ts'
import { type OtherAgents, watchOtherAgents } from './other-agents.ts'
import { createTurnBook } from './turn-book.ts'
import { createTurns, type Turns } from './turns.ts'

type Welcome = OrchestratorMessageOf<'welcome'>
type EndReason = AgentMessageOf<'call-ended'>['reason']

/** How long the last messages may take to be acknowledged before the process ends. */
const flushMs = 1000
/** How long the end of a recording may take to be written. */
const recordingEndMs = 500
/** Bound on waiting for the end of speech that nobody interrupts. */
const longestSpeechMs = 60_000

/** One call, from the dispatch of its job to the end of the process. */
export class Call {
  readonly #ctx: JobContext
  readonly #config: Config
  readonly #logger: Logger
  readonly #over = new AbortController()
  readonly #closed = createDeferred()
  readonly #stack = createDisposalStack()
  readonly #welcome = createDeferred<Welcome | undefined>()
  readonly #active = createDeferred<void>()
  readonly #book = createTurnBook()
  readonly #marks = createTurnMarks()
  readonly #channel: CallChannel
  readonly #speaker: Speaker
  readonly #actions: Actions
  readonly #control: CallControl
  readonly #fallbacks: Fallbacks
  readonly #onSettled: () => void
  readonly #recording: CallRecording
  readonly #answered: AnsweredCall
  #comfort: Comfort | undefined
  #joining: ReturnType<typeof joinRoom> | undefined
  #voice: RoomVoice | undefined
  #otherAgents: OtherAgents | undefined
  #conversation: Conversation | undefined
  #turns: Turns | undefined
  #bridged: Promise<void> | undefined
  #hungUp = false
  #voiceless = false

  /** `onSettled` is called when the caller can hear this job, and when it ends. */
  constructor(options: {
    ctx: JobContext
    config: Config
    logger: Logger
    onSettled?: () => void
  }) {
    const { ctx, config, logger, onSettled = () => {} } = options
    this.#onSettled = onSettled
    this.#ctx = ctx
    this.#config = config
    this.#logger = logger
    const job = {
      room: ctx.job.room?.name ?? '',
      roomSid: ctx.job.room?.sid ?? '',
      jobId: ctx.job.id,
      metadata: ctx.job.metadata,
    }
    this.#fallbacks = createFallbacks({
      ...{ config, job, logger, welcome: this.#welcome.promise, signal: this.#over.signal },
      mute: () => this.#speaker.mute(),
      onVoiceless: () => inBackground(this.#partWithoutVoice(), this.#background),
    })
    const { synthesizer } = this.#fallbacks
    this.#stack.defer(() => synthesizer.close())
    this.#channel = openChannel({
      ...config.orchestrator,
      job,
      onMessage: (message) => this.#receive(message),
      logger,
    })
    this.#stack.defer(() => this.#channel.close())
    const { signal } = this.#over
    const send: Send = (message) => this.#channel.send(message)
    this.#recording = createCallRecording({ settings: config.recording, send, logger, signal })
    this.#answered = createAnsweredCall({
      ...{ send, logger, signal },
      stopSpeaking: () => this.#speaker.stop(),
    })
    this.#speaker = new Speaker({
      synthesizer,
      book: this.#book,
      send: (message) => {
        this.#control.noteSent(message)
        this.#comfort?.noteSent(message)
        this.#channel.send(message)
      },
      logger,
      asrFinalMs: (turnId) => this.#turns?.asrFinalMs(turnId),
      marks: this.#marks,
      channelRoundTripMs: () => this.#channel.roundTripMs,
    })
    this.#control = createCallControl({
      ...{ room: () => this.#ctx.room, synthesizer, logger, signal: this.#over.signal },
      setLanguage: (language) => this.#conversation?.setLanguage(language) ?? false,
    })
    this.#stack.defer(() => this.#control.close())
    this.#actions = createActions({
      ...{ speaker: this.#speaker, control: this.#control },
      onBridged: () => inBackground(this.#leave('bridged'), this.#background),
      conversation: () => this.#conversation,
      playedOut: () => this.#playedOut(),
      onHangUp: () => {
        this.#hungUp = true
      },
      send: (message) => this.#channel.send(message),
    })
  }

  /** Resolves when this process has done its part and should end. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  /** Sets the call up; returns when it is under way or when there is none. */
  async start(): Promise<void> {
    const { room } = this.#ctx
    this.#ctx.addShutdownCallback(() => this.#leave('shutdown'))
    inBackground(
      this.#channel.ended.then((end) => this.#channelEnded(end)),
      this.#background,
    )
    room.on(RoomEvent.Disconnected, (reason) => this.#disconnected(reason))
    const signal = this.#over.signal
    const joining = joinRoom(this.#ctx, {
      ...{ signal, logger: this.#logger },
      onVoice: (voice) => this.#takeVoice(voice),
    })
    this.#joining = joining
    const [welcome, joined] = await Promise.all([this.#welcome.promise, joining])
    if (!welcome || signal.aborted) return
    // Another job is sent when somebody waits in the room.
    if (!joined) return this.#close(() => this.#logger.warn('no room joined'), 'not-joined')
    const { caller, voice } = joined
    if (!caller) return this.#leave('no-caller')
    const isResumed = welcome.resume?.active === true
    attendCaller(caller, {
      ...{ room: this.#ctx.room, voice, isResumed, signal, logger: this.#logger },
      ...this.#background,
      send: (message) => this.#channel.send(message),
      onActive: () => this.#active.resolve(),
      onKey: (key) => this.#conversation?.press(key),
      onGone: (reason) => this.#end(reason),
    })
    await this.#converse(welcome, caller, voice)
    const record = () => this.#recording.begin({ welcome, room, caller: caller.identity, voice })
    if (isResumed) {
      record()
      return this.#resume(welcome)
    }
    await Promise.race([this.#active.promise, whenAborted(signal)])
    if (signal.aborted) return
    record()
    const { outbound, greeting } = welcome
    const { language } = greeting
    await this.#answered.mayGreet({ outbound, language, room, callee: caller.identity })
    if (signal.aborted) return
    this.#speaker.play(greetingTurnId)
    this.#fallbacks.keepAtHand(welcome)
  }

  /** Ends the call's part in this process for a reason of our own. */
  fail(error: unknown): void {
    if (!this.#over.signal.aborted) this.#logger.error({ err: error }, 'call failed')
    this.#end('error')
  }

  /** agents-js disconnects a job that is asked to stop before it runs our callback: then nobody has hung up. */
  #disconnected(reason: DisconnectReason | undefined): void {
    if (reason !== DisconnectReason.CLIENT_INITIATED) this.#end(toEndReason(reason))
    else inBackground(this.#leave('shutdown'), this.#background)
  }

  #takeVoice(voice: RoomVoice): void {
    this.#voice = voice
    this.#onSettled()
    this.#otherAgents = watchOtherAgents(this.#ctx.room)
    this.#stack.defer(() => voice.playout.close())
    const { bridging } = this.#fallbacks
    this.#bridged = this.#welcome.promise.then((welcome) => bridging.over(welcome, voice))
    inBackground(this.#bridged, this.#background)
  }

  /** Goes on where the job before stopped: the orchestrator says by itself what was left unsaid. */
  async #resume(welcome: Welcome): Promise<void> {
    this.#fallbacks.keepAtHand(welcome)
    const { expect = 'free', dtmf, actions = [] } = welcome.resume ?? {}
    this.#conversation?.expect(expect, dtmf)
    await Promise.all(actions.map((action) => this.#actions.take(action)))
  }

  async #converse(welcome: Welcome, caller: Caller, { playout }: RoomVoice): Promise<void> {
    const { language } = welcome.greeting
    // On hold it is for nobody.
    const isListening = () => this.#control.isListening
    const send: Send = (message) => {
      this.#answered.noteSent(message)
      this.#comfort?.noteSent(message)
      if (isListening()) this.#channel.send(message)
    }
    if (welcome.comfortTone) this.#comfortCaller(playout)
    const listening = createListening({ language, send })
    const { room } = this.#ctx
    this.#turns = createTurns({
      ...{ book: this.#book, listening, isListening, marks: this.#marks, send },
      speaker: this.#speaker,
    })
    const conversation = startConversation({
      ...{ room, caller, welcome, playout, listening },
      asr: { ...this.#config.asr, traceparent: this.#channel.traceparent },
      ...{ speaker: this.#speaker, turns: this.#turns, logger: this.#logger },
      send: (message) => this.#channel.send(message),
      onFailed: (error) => this.fail(error),
    })
    this.#stack.defer(() => conversation.close())
    this.#conversation = conversation
    await this.#bridged
    conversation.enter()
  }

  #comfortCaller(playout: RoomVoice['playout']): void {
    const comfort = createComfort({
      publish: () => publishSound(this.#ctx.room, 'comfort-tone'),
      ...this.#background,
    })
    playout.listen({ voice: ({ isSpeaking }) => comfort.ownVoice(isSpeaking), played() {} })
    this.#stack.defer(() => comfort.close())
    this.#comfort = comfort
  }

  #receive(message: Incoming): void {
    switch (message.type) {
      case 'welcome': {
        const { greeting, resume } = message
        if (resume) this.#book.resume(resume.turnsSeen)
        if (!resume?.active) {
          const spoken = { ...greeting, turnId: greetingTurnId, index: 0, cache: true }
          this.#speaker.prepare(spoken).end()
        }
        this.#fallbacks.lastResort.remember(message)
        this.#welcome.resolve(message)
        break
      }
      case 'say':
        this.#fallbacks.bridging.speechComes()
        this.#speaker.say(message)
        break
      case 'turn-finished':
        this.#comfort?.turnFinished()
        this.#speaker.turnFinished(message.turnId)
        break
      case 'action':
        inBackground(this.#actions.take(message), this.#background)
        break
      case 'recording-consent':
        this.#recording.consent(message.isGiven)
        break
      default:
        message satisfies never
    }
  }

  async #channelEnded(end: ChannelEnd): Promise<void> {
    this.#welcome.resolve(undefined)
    if (end === 'closed' || this.#over.signal.aborted) return
    this.#logger.warn({ end }, 'call channel ended')
    try {
      // Whether the orchestrator is away or wants none of this call: nobody else ends it, unless a newer job has it.
      if (end === 'fenced') await this.#voice?.playout.close()
      else if (!this.#otherAgents?.haveTheCall({ wasOurs: end !== 'unreachable' })) {
        await this.#fallbacks.lastResort.end(await this.#lost())
      }
    } finally {
      this.#end('error')
    }
  }

  /** The tts-router has been away for too long. The orchestrator, which is there, ends the room. */
  async #partWithoutVoice(): Promise<void> {
    if (this.#over.signal.aborted) return
    this.#logger.error('no voice for the caller')
    this.#voiceless = true
    await this.#fallbacks.lastResort.part(await this.#lost())
    this.#end('voiceless')
  }

  async #lost(): Promise<LostCall> {
    const welcome = await this.#welcome.promise
    return { welcome, caller: (await this.#joining)?.caller, voice: this.#voice }
  }

  #playedOut(): Promise<void> {
    const isOver = whenAborted(this.#over.signal)
    return Promise.race([this.#speaker.playedOut(), sleep(longestSpeechMs), isOver])
  }

  /** The call is over: tells so, and ends the process. */
  #end(reason: EndReason): void {
    inBackground(
      this.#close(() => {
        const ended = reason === 'room-deleted' && this.#hungUp ? 'agent-hangup' : reason
        this.#channel.send({ type: 'call-ended', reason: this.#voiceless ? 'voiceless' : ended })
      }, reason),
      this.#background,
    )
  }

  /** This job goes, and the call may go on without it. */
  #leave(reason: string): Promise<void> {
    return this.#close(() => this.#channel.send({ type: 'leaving', reason }), reason)
  }

  async #close(tell: () => void, reason: string): Promise<void> {
    if (this.#over.signal.aborted) return
    this.#over.abort()
    this.#onSettled()
    this.#welcome.resolve(undefined)
    try {
      this.#speaker.stop()
      // Told before the last word: afterwards nobody listens.
      const tooLate = sleep(recordingEndMs, undefined, { ref: false })
      await Promise.race([this.#recording.close(), tooLate])
      tell()
      await this.#channel.flushed(flushMs)
    } finally {
      this.#ctx.shutdown(reason)
      this.#closed.resolve()
      await this.#stack.close()
    }
  }

  readonly #background = {
    onError: (error: unknown) => this.#logger.error({ err: error }, 'unexpected failure'),
  }
}

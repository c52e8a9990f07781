import { setTimeout as sleep } from 'node:timers/promises'
import type { JobContext } from '@livekit/agents'
import { DisconnectReason, RoomEvent } from '@livekit/rtc-node'
import type { AgentMessageOf, OrchestratorMessageOf } from '@trunkline/contracts'
import { createDisposalStack, inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import {
  type Caller,
  findCaller,
  hasOtherAgent,
  toCallStarted,
  toEndReason,
  watchCaller,
} from './caller.ts'
import { type CallChannel, type ChannelEnd, type Incoming, openChannel } from './channel.ts'
import type { Config } from './config.ts'
import { type Conversation, startConversation, type Turn } from './conversation.ts'
import { createDeferred, whenAborted } from './deferred.ts'
import { endRoom } from './end-room.ts'
import { createListening, type Listening } from './listening.ts'
import { createRecognizer } from './recognizer.ts'
import { publishVoice, type RoomVoice } from './room-voice.ts'
import { apologyTurnId, greetingTurnId, Speaker } from './speaker.ts'
import { createSynthesizer } from './synthesizer.ts'
import { createTurnBook } from './turn-book.ts'

type Welcome = OrchestratorMessageOf<'welcome'>
type EndReason = AgentMessageOf<'call-ended'>['reason']

/** How long the last messages may take to be acknowledged before the process ends. */
const flushMs = 1000
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
  readonly #asrFinalMs = new Map<string, number>()
  readonly #channel: CallChannel
  readonly #speaker: Speaker
  #voice: RoomVoice | undefined
  #conversation: Conversation | undefined
  #listening: Listening | undefined
  #hungUp = false

  constructor(options: { ctx: JobContext; config: Config; logger: Logger }) {
    const { ctx, config, logger } = options
    this.#ctx = ctx
    this.#config = config
    this.#logger = logger
    const synthesizer = createSynthesizer({ url: config.tts.url })
    this.#stack.defer(() => synthesizer.close())
    this.#channel = openChannel({
      ...config.orchestrator,
      job: {
        room: ctx.job.room?.name ?? '',
        roomSid: ctx.job.room?.sid ?? '',
        jobId: ctx.job.id,
        metadata: ctx.job.metadata,
      },
      onMessage: (message) => this.#receive(message),
      logger,
    })
    this.#stack.defer(() => this.#channel.close())
    this.#speaker = new Speaker({
      synthesizer,
      book: this.#book,
      send: (message) => this.#channel.send(message),
      logger,
      asrFinalMs: (turnId) => this.#asrFinalMs.get(turnId),
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
    const [welcome, caller] = await Promise.all([this.#welcome.promise, this.#join()])
    if (!welcome || !caller || !this.#voice || this.#over.signal.aborted) return
    await this.#converse(welcome, caller, this.#voice)
    await Promise.race([this.#active.promise, whenAborted(this.#over.signal)])
    if (this.#over.signal.aborted) return
    this.#speaker.play(greetingTurnId)
    this.#prepareApology(welcome)
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

  async #join(): Promise<Caller | undefined> {
    const { room } = this.#ctx
    await this.#ctx.connect()
    if (this.#over.signal.aborted) return undefined
    const finding = findCaller(room, { signal: this.#over.signal })
    this.#voice = await publishVoice(room)
    const { playout } = this.#voice
    this.#stack.defer(() => playout.close())
    const caller = await finding
    if (!caller) {
      await this.#leave('no-caller')
      return undefined
    }
    this.#channel.send(toCallStarted(caller))
    watchCaller(room, caller, {
      signal: this.#over.signal,
      listener: {
        status: (status) => {
          this.#channel.send({ type: 'call-status', status })
          if (status === 'active') this.#active.resolve()
        },
        digit: (digit) => this.#channel.send({ type: 'dtmf', digit }),
        gone: (reason) => this.#end(reason),
      },
    })
    if (!caller.bySip) inBackground(this.#activateBrowser(this.#voice), this.#background)
    return caller
  }

  /** A browser has no ringing: the call is active when it hears our track. */
  async #activateBrowser({ publication }: RoomVoice): Promise<void> {
    await publication.waitForSubscription()
    if (this.#over.signal.aborted) return
    this.#channel.send({ type: 'call-status', status: 'active' })
    this.#active.resolve()
  }

  async #converse(welcome: Welcome, caller: Caller, { playout }: RoomVoice): Promise<void> {
    const { language } = welcome.greeting
    const recognizer = createRecognizer({ ...this.#config.asr, ...welcome, language })
    this.#stack.defer(() => recognizer.close())
    const listening = createListening({ language, send: (message) => this.#channel.send(message) })
    this.#listening = listening
    this.#conversation = await startConversation({
      room: this.#ctx.room,
      caller: caller.identity,
      withText: !caller.bySip,
      welcome,
      recognizer,
      playout,
      listening,
      listener: {
        turnEnded: (turn) => this.#turnEnded(turn),
        silent: (sinceMs) => this.#channel.send({ type: 'silence', sinceMs }),
        failed: () => this.fail(new Error('the session closed')),
      },
      logger: this.#logger,
    })
    this.#speaker.enter(this.#conversation.stage)
  }

  #turnEnded({ text, confidence, source }: Turn): void {
    if (this.#over.signal.aborted || !this.#listening) return
    if (source === 'text') this.#speaker.stop()
    this.#speaker.settleInterrupted()
    const turn = this.#book.commit(text)
    const { asrFinalMs, ...heard } = this.#listening.takeTurn()
    if (source === 'text') {
      const { language } = heard
      const endOfTurn = { reason: 'text' } as const
      this.#channel.send({ type: 'turn', ...turn, language, confidence, source, endOfTurn })
      return
    }
    if (asrFinalMs !== undefined) this.#asrFinalMs.set(turn.turnId, asrFinalMs)
    this.#channel.send({ type: 'turn', ...turn, ...heard, confidence, source })
  }

  #receive(message: Incoming): void {
    switch (message.type) {
      case 'welcome': {
        const { greeting } = message
        this.#speaker.prepare({ ...greeting, turnId: greetingTurnId, index: 0, cache: true }).end()
        this.#welcome.resolve(message)
        break
      }
      case 'say':
        this.#speaker.say(message)
        break
      case 'turn-finished':
        this.#speaker.turnFinished(message.turnId)
        break
      case 'action':
        inBackground(this.#act(message), this.#background)
        break
      default:
        message satisfies never
    }
  }

  async #act({ actionId, action }: OrchestratorMessageOf<'action'>): Promise<void> {
    switch (action.kind) {
      case 'hangup':
        this.#hungUp = true
        await this.#playedOut()
        break
      case 'mute':
        this.#speaker.mute()
        break
      case 'unmute':
        this.#speaker.unmute()
        break
      case 'expect':
        this.#conversation?.expect(action.expect)
        break
      default:
        // What this job cannot do is told so, and nothing has changed.
        this.#channel.send({ type: 'action-result', actionId, ok: false, code: 'not-supported' })
        return
    }
    this.#channel.send({ type: 'action-result', actionId, ok: true })
  }

  /** Read now, as nobody may be there to ask when it is needed. */
  #prepareApology({ apology }: Welcome): void {
    this.#speaker
      .prepare({ ...apology, turnId: apologyTurnId, index: 0, interruptible: false, cache: true })
      .end()
  }

  async #channelEnded(end: ChannelEnd): Promise<void> {
    this.#welcome.resolve(undefined)
    if (end === 'closed' || this.#over.signal.aborted) return
    this.#logger.warn({ end }, 'call channel ended')
    try {
      // Whether the orchestrator is away or wants none of this call: nobody else ends it, unless a newer job has it.
      if (end === 'fenced') await this.#voice?.playout.close()
      else if (!hasOtherAgent(this.#ctx.room)) {
        await this.#apologize()
        await endRoom(this.#ctx.job.room?.name ?? '', this.#config.livekit)
      }
    } finally {
      this.#end('error')
    }
  }

  async #apologize(): Promise<void> {
    this.#speaker.stop()
    this.#speaker.play(apologyTurnId)
    await this.#playedOut()
  }

  #playedOut(): Promise<void> {
    const isOver = whenAborted(this.#over.signal)
    return Promise.race([this.#speaker.playedOut(), sleep(longestSpeechMs), isOver])
  }

  /** The call is over: tells so, and ends the process. */
  #end(reason: EndReason): void {
    inBackground(
      this.#close(() => {
        const told = reason === 'room-deleted' && this.#hungUp ? 'agent-hangup' : reason
        this.#channel.send({ type: 'call-ended', reason: told })
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
    this.#welcome.resolve(undefined)
    try {
      this.#speaker.stop()
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

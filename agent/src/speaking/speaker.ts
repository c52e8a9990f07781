import type { ReadableStream } from 'node:stream/web'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AudioFrame } from '@livekit/rtc-node'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { TurnBook } from '../call/turn-book.ts'
import type { Send } from '../channel/outgoing.ts'
import { createDeferred, type Deferred } from '../deferred.ts'
import { Reply } from './reply.ts'
import type { Sentence } from './sentence.ts'
import type { Synthesizer } from './synthesizer.ts'
import type { TurnMarks } from './turn-marks.ts'
import { type ReplyTimes, toStats } from './waterfall.ts'

/** One speech in the session, as agents-js' SpeechHandle. */
export interface Speech {
  readonly interrupted: boolean
  allowInterruptions: boolean
  /** `force` cuts off what may not be interrupted, too. */
  interrupt(force: boolean): unknown
  addDoneCallback(callback: () => void): void
}

/** Where replies are played, in the order in which they are given. */
export interface Stage {
  play(
    text: ReadableStream<string>,
    options: { audio: ReadableStream<AudioFrame>; allowInterruptions: boolean },
  ): Speech
  /** Drops at once what is queued towards the room. */
  clear(): void
  /** Speech start by VAD → sound cut, when the caller has cut it; milliseconds. */
  bargeInStopMs(): number | undefined
}

export interface SpeakerDeps {
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly book: TurnBook
  readonly send: Send
  readonly logger: Logger
  /** End of speech → final of the turn, when it is known. */
  readonly asrFinalMs: (turnId: string) => number | undefined
  readonly marks: TurnMarks
  /** Of the newest ping on the call channel. */
  readonly channelRoundTripMs: () => number | undefined
}

export const greetingTurnId = 'greeting'

/** What the room still holds of the last sample when our source has sent it: jitter buffer, SIP mixer. */
const outputTailMs = 200

interface Playing {
  readonly reply: Reply
  /** To be played as soon as there is a stage. */
  wanted: boolean
  speech: Speech | undefined
  times: Omit<ReplyTimes, 'bargeInStopMs' | 'asrFinalMs' | 'marks'> | undefined
  readonly settled: Deferred<void>
}

/** Speaks what the orchestrator says, and reports what was really heard of it. */
export class Speaker {
  readonly #deps: SpeakerDeps
  readonly #playing = new Map<string, Playing>()
  /** Sentences taken so far, as turnId/index. */
  readonly #taken = new Set<string>()
  #stage: Stage | undefined
  #muted = false

  constructor(deps: SpeakerDeps) {
    this.#deps = deps
  }

  /** From now on replies are played; those prepared before follow in order. */
  enter(stage: Stage): void {
    this.#stage = stage
    for (const [turnId, { wanted }] of this.#playing) if (wanted) this.play(turnId)
  }

  /** A sentence of the orchestrator's; its audio is requested now. Late ones of a cancelled turn are dropped. */
  say(message: OrchestratorMessageOf<'say'>): void {
    const { turnId, index, last } = message
    // Sent again after a reconnect or by another orchestrator: it has been said.
    if (this.#taken.has(`${turnId}/${index}`)) return
    this.#taken.add(`${turnId}/${index}`)
    if (!this.#deps.book.maySpeak(turnId)) return
    if (this.#muted) {
      this.#refuse(turnId)
      return
    }
    const playing = this.prepare({ ...message, cache: message.kind !== 'reply' })
    if (last) playing.end()
    this.play(turnId)
  }

  /** Requests the audio of a sentence that `play` will say later. */
  prepare(sentence: Parameters<Reply['add']>[0] & { turnId: string }): Reply {
    const { turnId, index, text, language, voice, cache, interruptible } = sentence
    const known = this.#playing.get(turnId)
    const reply = known?.reply ?? new Reply(turnId, this.#deps)
    if (!known) {
      const settled = createDeferred<void>()
      this.#playing.set(turnId, {
        reply,
        wanted: false,
        speech: undefined,
        times: undefined,
        settled,
      })
    }
    reply.add({ index, text, language, voice, cache, interruptible })
    return reply
  }

  /** Says what was prepared, as soon as there is a stage and after what was said before. */
  play(turnId: string): void {
    const playing = this.#playing.get(turnId)
    const first = playing?.reply.sentences[0]
    if (!playing || !first) return
    playing.wanted = true
    if (playing.speech || !this.#stage) return
    const { reply } = playing
    reply.listen(
      {
        sentenceStarted: (sentence) => this.#started(playing, sentence),
        sentenceFinished: (sentence) => this.#finished(reply, sentence),
        calledOff: () => this.#settle(playing, { interrupted: true }),
      },
      () => playing.speech?.interrupted ?? false,
    )
    try {
      const { text, audio } = reply
      playing.speech = this.#stage.play(text, { audio, allowInterruptions: first.interruptible })
    } catch (error) {
      this.#deps.logger.warn({ err: error }, 'the session takes no speech')
      this.#settle(playing, { interrupted: true })
      return
    }
    const { speech } = playing
    speech.addDoneCallback(() => this.#settle(playing, { interrupted: speech.interrupted }))
  }

  /** The orchestrator has nothing more to say to this turn. */
  turnFinished(turnId: string): void {
    const playing = this.#playing.get(turnId)
    if (playing) playing.reply.end()
    else this.#deps.book.finished(turnId)
  }

  /** Reports every reply that the session has interrupted; call it before a new turn is sent. */
  settleInterrupted(): void {
    for (const playing of this.#playing.values()) {
      if (playing.speech?.interrupted) this.#settle(playing, { interrupted: true })
    }
  }

  /** Cuts off what is being said and what waits, now. */
  stop(): void {
    const spoken = [...this.#playing.values()].filter(({ speech }) => speech)
    for (const playing of spoken) {
      playing.speech?.interrupt(true)
      this.#settle(playing, { interrupted: true })
    }
  }

  mute(): void {
    this.#muted = true
    this.stop()
  }

  unmute(): void {
    this.#muted = false
  }

  /** Resolves when everything said so far has been played to its last sample; later sentences are not waited for. */
  async playedOut(): Promise<void> {
    const all = [...this.#playing.values()].filter(({ speech }) => speech)
    for (const { reply } of all) reply.end()
    await Promise.all(all.map(({ settled }) => settled.promise))
    await sleep(outputTailMs)
  }

  #started({ reply, speech }: Playing, sentence: Sentence): void {
    const { book, send } = this.#deps
    const playing = this.#playing.get(reply.turnId)
    if (playing && !playing.times) {
      playing.times = {
        receivedAt: sentence.receivedAt,
        firstSampleAt: performance.now(),
        firstSampleEpochMs: epochNow(),
        firstByteMs: sentence.firstByteMs,
        cached: sentence.cached,
      }
      this.#mark(reply, sentence)
      book.speaking(reply.turnId)
    }
    if (speech && !speech.interrupted) speech.allowInterruptions = sentence.interruptible
    send({ type: 'say-started', turnId: reply.turnId, index: sentence.index })
  }

  #mark({ turnId, sentences: [first] }: Reply, played: Sentence): void {
    const { marks } = this.#deps
    const toEpoch = (at: number) => performance.timeOrigin + at
    marks.mark(turnId, 'first-frame')
    if (first) marks.mark(turnId, 'say-received', toEpoch(first.receivedAt))
    if (played.firstPcmAt !== undefined) {
      marks.mark(turnId, 'first-pcm', toEpoch(played.firstPcmAt))
    }
  }

  #finished({ turnId }: Reply, { index, playedMs }: Sentence): void {
    this.#deps.send({ type: 'say-finished', turnId, index, playedMs })
  }

  #settle(playing: Playing, { interrupted }: { interrupted: boolean }): void {
    const { reply, times, settled } = playing
    const { turnId } = reply
    if (this.#playing.get(turnId) !== playing) return
    this.#playing.delete(turnId)
    const { book, send } = this.#deps
    // Only what has begun is in the output; what waits behind it is dropped as it comes.
    if (interrupted && times) this.#stage?.clear()
    reply.abort()
    if (interrupted) {
      book.cancelled(turnId)
      send({ type: 'cancel', turnId })
      const cut = reply.sentences.find(({ over, playedMs }) => !over && playedMs > 0)
      if (cut) this.#finished(reply, cut)
    } else {
      book.finished(turnId)
    }
    if (times && turnId !== greetingTurnId) this.#report(turnId, times, interrupted)
    send({ type: 'heard', turnId, text: reply.heard(), interrupted })
    settled.resolve()
  }

  #report(turnId: string, times: NonNullable<Playing['times']>, interrupted: boolean): void {
    const asrFinalMs = this.#deps.asrFinalMs(turnId)
    const channelRoundTripMs = this.#deps.channelRoundTripMs()
    const bargeInStopMs = interrupted ? this.#stage?.bargeInStopMs() : undefined
    this.#deps.send(
      toStats(turnId, {
        ...times,
        marks: this.#deps.marks.of(turnId),
        ...(channelRoundTripMs !== undefined && { channelRoundTripMs }),
        ...(asrFinalMs !== undefined && { asrFinalMs }),
        ...(bargeInStopMs !== undefined && { bargeInStopMs }),
      }),
    )
  }

  #refuse(turnId: string): void {
    this.#deps.book.cancelled(turnId)
    this.#deps.send({ type: 'cancel', turnId })
    this.#deps.send({ type: 'heard', turnId, text: '', interrupted: true })
  }
}

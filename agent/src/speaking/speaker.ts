import { setTimeout as sleep } from 'node:timers/promises'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { TurnBook } from '../call/turn-book.ts'
import type { Send } from '../channel/outgoing.ts'
import { createDeferred, type Deferred } from '../deferred.ts'
import { Reply } from './reply.ts'
import type { Sentence } from './sentence.ts'
import type { Speech } from './speech.ts'
import type { Synthesizer } from './synthesizer.ts'
import type { TurnMarks } from './turn-marks.ts'
import { type ReplyTimes, toStats } from './waterfall.ts'

/** Where replies are played, in the order in which they are given. */
export interface Stage {
  play(speech: Speech): void
  /** Nothing of it is heard any more, from now on. */
  drop(speech: Speech): void
  /** Of sentences that were cut off nothing is heard any more, from now on; what follows them is. */
  skipCut(): void
  /** Speech start by VAD → sound cut, when the caller has cut it; milliseconds. */
  bargeInStopMs(): number | undefined
}

/** What callers with a screen read of what is said. */
export interface SpokenCaptions {
  /** `text`: all of this reply that was heard so far. */
  heard(turnId: string, text: string): void
  ended(turnId: string): void
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
  /** Given to the stage. */
  isStaged: boolean
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
  #captions: SpokenCaptions | undefined
  #muted = false

  constructor(deps: SpeakerDeps) {
    this.#deps = deps
  }

  /** From now on replies are played; those prepared before follow in order. */
  enter(stage: Stage, captions?: SpokenCaptions): void {
    this.#stage = stage
    this.#captions = captions
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
    const cache = message.kind !== 'reply' || message.cacheable === true
    const playing = this.prepare({ ...message, cache })
    if (last) playing.end()
    if (!this.#deps.book.isSpeculative(turnId)) this.play(turnId)
  }

  /** A speculation has become a turn, or never will: what was prepared of its reply is said, or forgotten. */
  decide(turnId: string, { isConfirmed }: { isConfirmed: boolean }): void {
    if (isConfirmed) {
      this.play(turnId)
      return
    }
    const playing = this.#playing.get(turnId)
    this.#playing.delete(turnId)
    playing?.reply.abort()
    playing?.settled.resolve()
  }

  /** Requests the audio of a sentence that `play` will say later. */
  prepare(sentence: Parameters<Reply['add']>[0] & { turnId: string }): Reply {
    const { turnId, index, text, language, voice, cache, interruptible, mustHear } = sentence
    const known = this.#playing.get(turnId)
    const reply = known?.reply ?? new Reply(turnId, this.#deps)
    if (!known) {
      const settled = createDeferred<void>()
      this.#playing.set(turnId, {
        reply,
        wanted: false,
        isStaged: false,
        times: undefined,
        settled,
      })
    }
    reply.add({ index, text, language, voice, cache, interruptible, mustHear })
    return reply
  }

  /** Says what was prepared, as soon as there is a stage and after what was said before. */
  play(turnId: string): void {
    const playing = this.#playing.get(turnId)
    if (!playing || playing.reply.sentences.length === 0) return
    playing.wanted = true
    if (playing.isStaged || !this.#stage) return
    const { reply } = playing
    reply.listen({
      sentenceStarted: (sentence) => this.#started(playing, sentence),
      sentenceFinished: (sentence) => this.#finished(reply, sentence),
      progressed: () => this.#captions?.heard(turnId, reply.heard()),
      over: () => this.#settle(playing, { interrupted: false }),
    })
    playing.isStaged = true
    this.#stage.play(reply)
  }

  /** The orchestrator has nothing more to say to this turn. */
  turnFinished(turnId: string): void {
    const playing = this.#playing.get(turnId)
    if (playing) playing.reply.end()
    else this.#deps.book.finished(turnId)
  }

  /** The caller cuts in: what is being said and what waits ends now, but for what must be said. */
  interrupt(): void {
    for (const playing of this.#staged()) {
      if (!playing.reply.isInterruptible) continue
      if (playing.reply.cutToWhatMustBeHeard()) this.#stage?.skipCut()
      else this.#settle(playing, { interrupted: true })
    }
  }

  /** Cuts off what is being said and what waits, now. */
  stop(): void {
    for (const playing of this.#staged()) this.#settle(playing, { interrupted: true })
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
    const all = this.#staged()
    for (const { reply } of all) reply.end()
    await Promise.all(all.map(({ settled }) => settled.promise))
    await sleep(outputTailMs)
  }

  #staged(): readonly Playing[] {
    return [...this.#playing.values()].filter(({ isStaged }) => isStaged)
  }

  #started(playing: Playing, sentence: Sentence): void {
    const { book, send } = this.#deps
    const { reply } = playing
    if (!playing.times) {
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
    if (interrupted) {
      this.#stage?.drop(reply)
      book.cancelled(turnId)
      send({ type: 'cancel', turnId })
    } else {
      book.finished(turnId)
    }
    reply.abort()
    if (times && turnId !== greetingTurnId) this.#report(turnId, times, interrupted)
    const text = reply.heard()
    send({ type: 'heard', turnId, text, interrupted: interrupted || reply.isCut })
    this.#captions?.heard(turnId, text)
    this.#captions?.ended(turnId)
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

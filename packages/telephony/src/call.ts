import { createBoundedQueue, epochNow } from '@trunkline/runtime'
import type { ReceivedAudio } from './incoming-audio.ts'
import { isVoiced } from './level.ts'
import type { MediaCounts } from './media.ts'
import { PhoneError, type PhoneErrorCode } from './phone-error.ts'
import type { Playback, PlayedFrame, PlayOptions } from './playback.ts'
import type { Refer } from './refer.ts'
import type { ReferOptions, ReferOutcome } from './refer-request.ts'
import type { SipHeader } from './sip-message.ts'
import type { KeyTiming } from './telephone-event.ts'
import type { RecordedAudio } from './timeline.ts'

/** How a call came to its end; `status` and `reason` are the peer's SIP status line or Reason header. */
export interface CallEnd {
  readonly by: 'local' | 'remote'
  readonly code: 'hangup' | PhoneErrorCode
  readonly status?: number
  readonly reason?: string
  readonly at: number
}

export type CallState =
  | { readonly kind: 'calling' }
  | { readonly kind: 'ringing' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly end: CallEnd }

/** When what happened first, epoch milliseconds. */
export interface CallTimings {
  readonly inviteAt: number
  readonly tryingAt?: number
  readonly challengedAt?: number
  readonly ringingAt?: number
  readonly answeredAt?: number
  readonly firstPacketAt?: number
  /** Packet with the first voiced sample received. */
  readonly firstVoicedAt?: number
  readonly endedAt?: number
}

export type CallEvent =
  | { readonly type: 'ringing' | 'answered'; readonly at: number }
  | { readonly type: 'dtmf'; readonly digit: string; readonly at: number }
  /** The peer put us on hold or took us back. */
  | { readonly type: 'hold' | 'unhold'; readonly at: number }
  | { readonly type: 'refer'; readonly refer: Refer }
  | { readonly type: 'ended'; readonly end: CallEnd }

/** One telephone call. */
export interface Call {
  /** The SIP Call-ID. */
  readonly id: string
  /** The peer's tag; empty until it has answered. */
  readonly remoteTag: string
  /** Of the peer's INVITE or of its 200; empty until it has answered. */
  readonly remoteHeaders: readonly SipHeader[]
  readonly direction: 'outgoing' | 'incoming'
  readonly state: CallState
  readonly timings: CallTimings
  /** Rejects with a {@link PhoneError} when the call ends unanswered. */
  readonly answered: Promise<void>
  readonly ended: Promise<CallEnd>
  /** Everything sent and received, when the call was made with `record`. */
  readonly recording: {
    readonly sent: readonly RecordedAudio[]
    readonly received: readonly RecordedAudio[]
  }
  readonly mediaCounts: MediaCounts
  /** Calls `listener` for every event from now on, until the returned function is called. */
  subscribe(listener: (event: CallEvent) => void): () => void
  /** Received audio from now on; ends with the call. A reader that falls 10 s behind misses what comes then. */
  audio(): AsyncIterable<ReceivedAudio>
  /**
   * Plays audio of 8 kHz, or of 16 kHz for a G.722 call, after what is queued already; resolves when its last packet
   * has left.
   * @throws {PhoneError} `call-over`
   */
  play(pcm: Int16Array, options?: PlayOptions): Promise<Playback>
  /**
   * Sends what `source` gives, asked every 20 ms, whenever nothing is played; silence for undefined. It is for live
   * audio: what the source had while keys were sent is lost.
   */
  playFrom(source: () => PlayedFrame | undefined): void
  /**
   * Sends keys (`0-9*#A-D`; `w` and `,` pause half a second) as RFC 4733 events.
   * @throws {RangeError} for other characters
   * @throws {PhoneError} `bad-answer` when the peer takes no events, `call-over`
   */
  sendDtmf(keys: string, options?: KeyTiming & { signal?: AbortSignal }): Promise<void>
  /** Puts the peer on hold; silence goes on being sent. @throws {PhoneError} */
  hold(): Promise<void>
  /** @throws {PhoneError} */
  unhold(): Promise<void>
  /**
   * Asks the peer to call `target` instead (REFER) and waits for what becomes of that; hanging up is left to us.
   * @throws {PhoneError} `rejected` (the peer will not), `no-response`, `transport`, `call-over`; `options.signal`'s reason
   */
  refer(target: string, options?: ReferOptions): Promise<ReferOutcome>
  /**
   * CANCEL before the answer, BYE (with `headers`) after it; resolves when the call is over. Does nothing to a call
   * that is over.
   */
  hangup(options?: HangupOptions): Promise<CallEnd>
}

export interface HangupOptions {
  readonly headers?: readonly SipHeader[]
}

/** What signalling and media do for a call. */
export interface CallDriver
  extends Pick<Call, 'play' | 'playFrom' | 'sendDtmf' | 'hold' | 'unhold' | 'refer'> {
  readonly mediaCounts: MediaCounts
  readonly remoteTag: string
  readonly remoteHeaders: readonly SipHeader[]
  hangup(options: HangupOptions): void
}

type MutableTimings = { -readonly [Name in keyof CallTimings]: CallTimings[Name] }

/** The side of a call that signalling and media write to. */
export interface CallControl {
  readonly call: Call
  readonly isOver: boolean
  mark(name: Exclude<keyof CallTimings, 'inviteAt'>): void
  ring(): void
  answer(): void
  end(end: Omit<CallEnd, 'at'>): void
  /** Tells every listener; false when there is none. */
  emit(event: CallEvent): boolean
  onAudio(audio: ReceivedAudio): void
  onSent(audio: RecordedAudio): void
  onKey(digit: string, at: number): void
}

const maxQueuedAudioMs = 10_000

export function createCall(options: {
  readonly id: string
  readonly direction: Call['direction']
  readonly record: boolean
  readonly driver: CallDriver
  readonly onEnd: () => void
}): CallControl {
  const { id, direction, record, driver, onEnd } = options
  const timings: MutableTimings = { inviteAt: epochNow() }
  const recording = { sent: [] as RecordedAudio[], received: [] as RecordedAudio[] }
  const listeners = new Set<(event: CallEvent) => void>()
  const readers = new Set<(audio: ReceivedAudio | undefined) => void>()
  const answered = deferred<void>()
  const ended = deferred<CallEnd>()
  let state: CallState = { kind: 'calling' }
  // A call nobody waits for may fail without ending the process.
  answered.promise.catch(() => undefined)

  const emit = (event: CallEvent) => {
    for (const listener of [...listeners]) listener(event)
    return listeners.size > 0
  }

  const call: Call = {
    id,
    direction,
    get remoteTag() {
      return driver.remoteTag
    },
    get remoteHeaders() {
      return driver.remoteHeaders
    },
    get state() {
      return state
    },
    timings,
    answered: answered.promise,
    ended: ended.promise,
    recording,
    get mediaCounts() {
      return driver.mediaCounts
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    audio: () => readAudio(readers, () => state.kind === 'ended'),
    play: driver.play,
    playFrom: driver.playFrom,
    refer: driver.refer,
    sendDtmf: driver.sendDtmf,
    hold: driver.hold,
    unhold: driver.unhold,
    hangup(options = {}) {
      if (state.kind !== 'ended') driver.hangup(options)
      return ended.promise
    },
  }

  return {
    call,
    get isOver() {
      return state.kind === 'ended'
    },
    mark(name) {
      timings[name] ??= epochNow()
    },
    ring() {
      if (state.kind !== 'calling') return
      state = { kind: 'ringing' }
      timings.ringingAt = epochNow()
      emit({ type: 'ringing', at: timings.ringingAt })
    },
    answer() {
      if (state.kind === 'answered' || state.kind === 'ended') return
      state = { kind: 'answered' }
      timings.answeredAt = epochNow()
      answered.resolve()
      emit({ type: 'answered', at: timings.answeredAt })
    },
    end(how) {
      if (state.kind === 'ended') return
      const end = { ...how, at: epochNow() }
      timings.endedAt = end.at
      state = { kind: 'ended', end }
      onEnd()
      const code = end.code === 'hangup' ? 'cancelled' : end.code
      answered.reject(new PhoneError(code, `the call was not answered (${describeEnd(end)})`, end))
      for (const reader of readers) reader(undefined)
      ended.resolve(end)
      emit({ type: 'ended', end })
    },
    emit,
    onAudio(audio) {
      timings.firstPacketAt ??= audio.at
      if (timings.firstVoicedAt === undefined && isVoiced(audio.pcm))
        timings.firstVoicedAt = audio.at
      if (record) recording.received.push(audio)
      for (const reader of readers) reader(audio)
    },
    onSent(audio) {
      if (record) recording.sent.push(audio)
    },
    onKey: (digit, at) => void emit({ type: 'dtmf', digit, at }),
  }
}

/** One line for people, without numbers or names. */
export function describeEnd({ by, code, status }: Pick<CallEnd, 'by' | 'code' | 'status'>): string {
  return `${by} ${code}${status === undefined ? '' : ` ${status}`}`
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  return { promise, resolve, reject }
}

function readAudio(
  readers: Set<(audio: ReceivedAudio | undefined) => void>,
  isOver: () => boolean,
): AsyncIterable<ReceivedAudio> {
  const weigh = ({ pcm }: ReceivedAudio) => pcm.length / 8
  const queue = createBoundedQueue<ReceivedAudio>({ capacity: maxQueuedAudioMs, weigh })
  const reader = (audio: ReceivedAudio | undefined) => {
    if (audio) queue.push(audio)
    else queue.close()
  }
  if (isOver()) queue.close()
  else readers.add(reader)
  return (async function* () {
    try {
      yield* queue
    } finally {
      readers.delete(reader)
    }
  })()
}

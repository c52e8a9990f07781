import { inBackground } from '@trunkline/runtime'
import type { Call, CallEnd } from '@trunkline/telephony'
import type { RoomLeg } from '../livekit/room-leg.ts'
import { createFromCaller } from '../media/from-caller.ts'
import { createMediaWatch, type MediaTimeouts } from '../media/media-watch.ts'
import { keyTiming } from './key-timing.ts'
import { answerRoomMethods } from './room-methods.ts'

export type EndedBy = 'peer' | 'room' | 'gateway' | 'media-timeout' | 'max-duration'

export interface BridgeOptions {
  readonly call: Call
  readonly leg: RoomLeg
  readonly timeouts: MediaTimeouts
  readonly maxDurationMs: number
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly onEnd: (by: EndedBy, end: CallEnd) => void
  readonly onError: (error: unknown) => void
}

const watchMs = 500

/** Joins an answered call with its participant until one of them goes: audio and keys both ways, and the clocks. */
export function bridge(options: BridgeOptions): void {
  const { call, leg, now, onEnd, onError } = options
  let endedBy: EndedBy | undefined
  const hangUp = (by: EndedBy) => {
    endedBy ??= by
    void call.hangup()
  }

  call.playFrom(leg.nextFrame)
  const fromCaller = createFromCaller()
  const listen = async () => {
    for await (const audio of call.audio()) for (const frame of fromCaller(audio)) leg.push(frame)
  }
  inBackground(listen(), { onError })

  call.subscribe((event) => {
    if (event.type === 'dtmf') leg.sendDtmf(event.digit)
    // livekit-sip takes no REFER.
    if (event.type === 'refer') event.refer.reject(405)
  })
  leg.onDtmf((digit) => {
    // A key that is none, or a peer that takes none, concerns this key alone.
    call.sendDtmf(digit, keyTiming).catch((error: unknown) => {
      if (call.state.kind !== 'ended') onError(error)
    })
  })
  answerRoomMethods(leg, call)

  const watch = createMediaWatch(options.timeouts, now())
  const watching = setInterval(() => {
    if (watch.isLost(now(), call.mediaCounts.received)) hangUp('media-timeout')
  }, watchMs)
  const lasting = setTimeout(() => hangUp('max-duration'), options.maxDurationMs)
  const onRoomGone = () => hangUp('room')
  if (leg.over.aborted) onRoomGone()
  leg.over.addEventListener('abort', onRoomGone, { once: true })

  const finish = async () => {
    const end = await call.ended
    clearInterval(watching)
    clearTimeout(lasting)
    leg.over.removeEventListener('abort', onRoomGone)
    onEnd(endedBy ?? (end.by === 'remote' ? 'peer' : 'gateway'), end)
    await leg.leave()
  }
  inBackground(finish(), { onError })
}

/** `active` is said when the peer's first packet has come, or a second after the answer. */
export async function firstPacket(call: Call): Promise<void> {
  const deadline = performance.now() + 1000
  while (call.mediaCounts.received === 0 && performance.now() < deadline) {
    if (call.state.kind === 'ended') return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

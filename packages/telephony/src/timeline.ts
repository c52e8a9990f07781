import { timestampDistance } from './rtp-packet.ts'
import type { TimedAudio } from './speech-spans.ts'

/** Audio of one direction with its RTP timestamp, as recorded from the wire. */
export interface RecordedAudio extends TimedAudio {
  readonly timestamp: number
  readonly ssrc: number
}

/** Past this difference between clock and timestamps the stream has really paused or jumped. */
const maxDriftMs = 60

/**
 * One direction as continuous 8 kHz audio from `startAt` (epoch ms). Packets are laid out by their RTP timestamps,
 * which jitter does not touch, from where the first one arrived; a pause, a jump or a new source is laid out anew by
 * the clock. What is missing is silence.
 */
export function layOut(frames: readonly RecordedAudio[], startAt: number): Int16Array {
  let anchor: { timestamp: number; ssrc: number; offset: number } | undefined
  const placed: { pcm: Int16Array; offset: number }[] = []
  let length = 0
  for (const { pcm, at, timestamp, ssrc } of frames) {
    const byClock = Math.round((at - startAt) * 8)
    let offset = anchor ? anchor.offset + timestampDistance(anchor.timestamp, timestamp) : byClock
    if (anchor?.ssrc !== ssrc || Math.abs(offset - byClock) > maxDriftMs * 8) {
      offset = byClock < 0 ? byClock : Math.max(byClock, length)
      anchor = { timestamp, ssrc, offset }
    }
    if (offset < 0) continue
    placed.push({ pcm, offset })
    length = Math.max(length, offset + pcm.length)
  }
  const whole = new Int16Array(length)
  for (const { pcm, offset } of placed) whole.set(pcm, offset)
  return whole
}

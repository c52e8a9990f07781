import { isVoiced, voicedDbfs } from './level.ts'

/** 8 kHz audio with the wall-clock time of its packet, epoch milliseconds. */
export interface TimedAudio {
  readonly pcm: Int16Array
  readonly at: number
}

/** Times of the packets that hold the first and the last voiced sample, epoch milliseconds. */
export interface SpeechSpan {
  readonly startAt: number
  readonly endAt: number
}

export interface SpanOptions {
  readonly thresholdDbfs?: number
  /** Silence shorter than this does not part two spans; 300 by default. */
  readonly joinMs?: number
  /** A span shorter than this is a click, not speech; 40 by default. */
  readonly minSpanMs?: number
}

/** When speech was on the wire, accurate to a packet. `frames` lie in order of time. */
export function findSpeech(frames: Iterable<TimedAudio>, options: SpanOptions = {}): SpeechSpan[] {
  const { thresholdDbfs = voicedDbfs, joinMs = 300, minSpanMs = 40 } = options
  const spans: { startAt: number; endAt: number; heardMs: number }[] = []
  for (const { pcm, at } of frames) {
    if (!isVoiced(pcm, thresholdDbfs)) continue
    const last = spans.at(-1)
    const heardMs = pcm.length / 8
    if (last && at - last.endAt < joinMs) {
      last.endAt = at
      last.heardMs += heardMs
    } else {
      spans.push({ startAt: at, endAt: at, heardMs })
    }
  }
  return spans
    .filter(({ heardMs }) => heardMs >= minSpanMs)
    .map(({ startAt, endAt }) => ({ startAt, endAt }))
}

/** Time of the packet with the first voiced sample at or after `from`. */
export function firstVoicedAt(
  frames: Iterable<TimedAudio>,
  { from = Number.NEGATIVE_INFINITY, thresholdDbfs = voicedDbfs } = {},
): number | undefined {
  for (const { pcm, at } of frames) if (at >= from && isVoiced(pcm, thresholdDbfs)) return at
  return undefined
}

/** Time of the packet with the last voiced sample before `before`. */
export function lastVoicedAt(
  frames: Iterable<TimedAudio>,
  { before = Number.POSITIVE_INFINITY, thresholdDbfs = voicedDbfs } = {},
): number | undefined {
  let found: number | undefined
  for (const { pcm, at } of frames) {
    if (at >= before) break
    if (isVoiced(pcm, thresholdDbfs)) found = at
  }
  return found
}

import { inference, VADEventType, type VADStream } from '@livekit/agents'
import { AudioFrame } from '@livekit/rtc-node'
import { levelDbfs } from '@trunkline/telephony'
import type { VoiceWindow } from '../turn-taking/perception.ts'
import { hearingRateHz } from './caller-track.ts'
import { createSampleClock } from './sample-clock.ts'

/** A VAD window, and the audio in it. */
export interface HeardWindow extends VoiceWindow {
  readonly samples: Int16Array
}

export interface VoiceWindows extends AsyncIterable<HeardWindow> {
  push(samples: Int16Array): void
  close(): void
}

export interface VoiceWindowsOptions {
  /** Share of our own voice in audio that ended at `at`. */
  readonly echoOf: (samples: Int16Array, at: number) => number
  readonly now?: () => number
  /** Of agents-js; its own decisions about speech are not used, only the probability of each window. */
  readonly stream?: VADStream
}

/**
 * Never in speech by the library's own decision, which nobody uses: it would keep audio of each utterance, and warn that
 * there is more of it than it may keep.
 */
const undecided = { activationThreshold: 2, prefixPaddingDuration: 0, maxBufferedSpeech: 1000 }

/** Of digital silence, whose level has no lower end. */
const silenceDb = -96

/** The caller's audio in windows of 32 ms, each with what the VAD says of it. For one consumer. */
export function createVoiceWindows(options: VoiceWindowsOptions): VoiceWindows {
  const { echoOf, now = () => performance.now() } = options
  const stream = options.stream ?? new inference.VAD(undecided).stream()
  const clock = createSampleClock()
  return {
    push(samples) {
      clock.arrived(samples.length, now())
      stream.pushFrame(new AudioFrame(samples, hearingRateHz, 1, samples.length))
    },
    close: () => stream.close(),
    async *[Symbol.asyncIterator]() {
      for await (const { type, probability, samplesIndex, frames } of stream) {
        if (type !== VADEventType.INFERENCE_DONE) continue
        const samples = frames[0]?.data ?? new Int16Array()
        const at = clock.timeOf(samplesIndex)
        const echo = echoOf(samples, at)
        const levelDb = Math.max(silenceDb, levelDbfs(samples))
        yield { type: 'window', at, probability, levelDb, echo, samples }
      }
    },
  }
}

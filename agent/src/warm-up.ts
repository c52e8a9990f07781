import { inference, VADEventType } from '@livekit/agents'
import { AudioFrame, AudioSource } from '@livekit/rtc-node'
import { speechSampleRateHz } from './synthesizer.ts'

const vadSampleRateHz = 16_000

/** Loads native libraries and the VAD's weights, so that the first caller does not wait for them. */
export async function warmUp(): Promise<void> {
  const source = new AudioSource(speechSampleRateHz, 1)
  await source.close()
  const stream = new inference.VAD().stream()
  stream.pushFrame(
    new AudioFrame(new Int16Array(vadSampleRateHz), vadSampleRateHz, 1, vadSampleRateHz),
  )
  for await (const { type } of stream) if (type === VADEventType.INFERENCE_DONE) break
  stream.close()
}

import { ReadableStream } from 'node:stream/web'
import { inference, log, VADEventType, voice } from '@livekit/agents'
import { AudioFrame, AudioSource } from '@livekit/rtc-node'
import { checkHealth, createRivaClients } from '@trunkline/riva'
import type { Logger } from '@trunkline/telemetry'
import { request } from 'undici'
import type { Config } from '../config.ts'
import { frameSamples } from '../speaking/frames.ts'
import { Playout } from '../speaking/playout.ts'
import { speechSampleRateHz } from '../speaking/synthesizer.ts'

const vadSampleRateHz = 16_000

const serviceTimeoutMs = 2000

/**
 * Rehearses a call that nobody hears: loads native libraries and weights and lets the code that a call begins with
 * run once. A process has one call only, whose greeting would wait for all this. A service that is away now may be
 * back when the call comes, so nothing fails here.
 */
export async function warmUp(
  { asr, tts }: Pick<Config, 'asr' | 'tts'>,
  { logger }: { logger: Logger },
): Promise<void> {
  const library = log()
  const { level } = library
  // A session that closes without speech recognition warns about the turn it does not have.
  library.level = 'error'
  const parts = await Promise.allSettled([hear(), speak(), reachAsr(asr.uri), reachTts(tts.url)])
  library.level = level
  for (const part of parts) {
    if (part.status === 'rejected') logger.debug({ err: part.reason }, 'rehearsal went wrong')
  }
}

async function reachAsr(uri: string): Promise<void> {
  const clients = createRivaClients({ uri })
  await checkHealth(clients.health, { timeoutMs: serviceTimeoutMs })
  clients.close()
}

async function reachTts(url: string): Promise<void> {
  const signal = AbortSignal.timeout(serviceTimeoutMs)
  const { body } = await request(new URL('/healthz', url), { signal })
  await body.dump()
}

async function hear(): Promise<void> {
  const stream = new inference.VAD().stream()
  const second = new Int16Array(vadSampleRateHz)
  stream.pushFrame(new AudioFrame(second, vadSampleRateHz, 1, second.length))
  for await (const { type } of stream) if (type === VADEventType.INFERENCE_DONE) break
  stream.close()
}

async function speak(): Promise<void> {
  const playout = new Playout(new AudioSource(speechSampleRateHz, 1))
  const session = new voice.AgentSession({
    vad: null,
    turnHandling: { turnDetection: null, preemptiveGeneration: { enabled: false } },
  })
  session.output.audio = playout
  await session.start({ agent: new voice.Agent({ instructions: '' }), record: false })
  const frame = new AudioFrame(new Int16Array(frameSamples), speechSampleRateHz, 1, frameSamples)
  const audio = ReadableStream.from<AudioFrame>([frame, frame, frame])
  await session.say('', { audio, addToChatCtx: false }).waitForPlayout()
  await session.close()
  await playout.close()
}

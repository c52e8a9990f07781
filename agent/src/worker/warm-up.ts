import { AudioSource } from '@livekit/rtc-node'
import { turnTaking } from '@trunkline/contracts'
import { checkHealth, createRivaClients } from '@trunkline/riva'
import type { Logger } from '@trunkline/telemetry'
import { request } from 'undici'
import type { Config } from '../config.ts'
import { hearingRateHz } from '../listening/caller-track.ts'
import { createVoiceWindows } from '../listening/voice-windows.ts'
import { toFrames } from '../speaking/frames.ts'
import { Playout } from '../speaking/playout.ts'
import type { SpeechFrame } from '../speaking/speech.ts'
import { speechSampleRateHz } from '../speaking/synthesizer.ts'
import { toProfile } from '../turn-taking/profile.ts'
import { silence } from '../turn-taking/state.ts'
import { step } from '../turn-taking/step.ts'

const serviceTimeoutMs = 2000
/** Of our voice: three frames. */
const silentBytes = 0.06 * speechSampleRateHz * 2
/** Any will do: nothing is decided about silence. */
const delays = {
  minEndpointingDelayMs: 300,
  maxEndpointingDelayMs: 2000,
  minInterruptionMs: 400,
  falseInterruptionTimeoutMs: 1500,
}

/**
 * Rehearses a call that nobody hears: loads native libraries and weights and lets the code that a call begins with
 * run once. A process has one call only, whose greeting would wait for all this. A service that is away now may be
 * back when the call comes, so nothing fails here.
 */
export async function warmUp(
  { asr, tts }: Pick<Config, 'asr' | 'tts'>,
  { logger }: { logger: Logger },
): Promise<void> {
  const rehearsals = [hear(), speak(logger), reachAsr(asr.uri), reachTts(tts.url)]
  const parts = await Promise.allSettled(rehearsals)
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

/** Loads the VAD, and has turn-taking decide about what it hears. */
async function hear(): Promise<void> {
  const windows = createVoiceWindows({ echoOf: () => 0 })
  windows.push(new Int16Array(hearingRateHz))
  const profile = toProfile(turnTaking.parse(delays), 'en')
  let state = silence
  for await (const window of windows) {
    state = step(state, window, profile).state
    break
  }
  windows.close()
}

async function speak(logger: Logger): Promise<void> {
  const playout = new Playout(new AudioSource(speechSampleRateHz, 1), { logger })
  await new Promise<void>((resolve) => {
    playout.play({ frames: silentFrames, over: resolve })
  })
  await playout.close()
}

async function* silentFrames(): AsyncGenerator<SpeechFrame> {
  for await (const samples of toFrames([new Uint8Array(silentBytes)])) {
    const nobody = { isCut: () => false, given() {}, played() {} }
    yield { samples, isInterruptible: true, startsSentence: false, text: '', ...nobody }
  }
}

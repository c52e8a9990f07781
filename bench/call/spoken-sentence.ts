import type { CallEvent, Stack } from '@trunkline/contracts'
import { resample } from '@trunkline/telephony'

type Say = Extract<CallEvent, { type: 'say' }>

const rateHz = 24_000
const timeoutMs = 30_000

/**
 * A sentence's audio as the agent has got it, 8 kHz; made again, outside of the cache.
 * @throws {Error} when the tts-router does not give it
 */
export async function fetchSentence(
  { urls }: Stack,
  { text, language, voice }: Pick<Say, 'text' | 'language' | 'voice'>,
): Promise<Int16Array> {
  const response = await fetch(new URL('/synthesize', urls.ttsRouter), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, language, voice, cache: false, sampleRateHz: rateHz }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`the tts-router gives no sentence: status ${response.status}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const pcm = new Int16Array(bytes.buffer, 0, bytes.length >> 1)
  return resample(pcm, { fromHz: rateHz, toHz: 8000 })
}

import type { Stack } from '@trunkline/contracts'
import { AudioEncoding, createRivaClients } from '@trunkline/riva'

/** What the speech server, asked by itself, understands of 8 kHz telephone audio. */
export async function transcribe(stack: Stack, pcm: Int16Array): Promise<string> {
  const clients = createRivaClients({ uri: stack.urls.speechGrpc })
  try {
    const { results } = await clients.asr.recognize({
      config: {
        encoding: AudioEncoding.LINEAR_PCM,
        sampleRateHertz: 8000,
        languageCode: 'en-US',
        audioChannelCount: 1,
      },
      audio: new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength),
    })
    return results.map(({ alternatives }) => alternatives[0]?.transcript.trim() ?? '').join(' ')
  } finally {
    clients.close()
  }
}

/** The part of a recording between two epoch times. */
export function cutOut(
  { startAt, agent }: { startAt: number; agent: Int16Array },
  { from, to = Number.POSITIVE_INFINITY }: { from: number; to?: number },
): Int16Array {
  const at = (time: number) => Math.max(0, Math.round((time - startAt) * 8))
  return agent.slice(at(from), Math.min(at(to), agent.length))
}

import {
  createRivaChannel,
  RivaSpeechRecognitionDefinition,
  toRawDefinition,
  toRivaMetadata,
} from '@trunkline/riva'
import { type Client, createClientFactory, Metadata } from 'nice-grpc'
import type { RivaTarget } from './config.ts'

/**
 * Riva's recognition service without decoding: fields that this repository does not know pass unharmed, and
 * every response, an empty one too, stays one response (NVIDIA's own client counts them).
 */
export const rawRecognition = toRawDefinition(RivaSpeechRecognitionDefinition)

export type RawRecognitionClient = Client<typeof rawRecognition>

export interface Upstream {
  /** The next channel's client. */
  client(): RawRecognitionClient
  /** What every upstream call carries, made anew for each. */
  metadata(): Metadata
  close(): void
}

/**
 * Streams are spread over several connections: with MAX_CONCURRENT_STREAMS=100 on one, the 101st call waits for
 * ever without an error (facts on Riva 2.6).
 */
const channelCount = 4

/** Connects lazily to Riva or a Speech NIM. */
export function createUpstream({ uri, ssl, apiKey, functionId }: RivaTarget): Upstream {
  const channels = Array.from({ length: channelCount }, () => createRivaChannel({ uri, ssl }))
  const factory = createClientFactory()
  const clients = channels.map((channel) => factory.create(rawRecognition, channel))
  const entries = toRivaMetadata({
    ...(apiKey ? { apiKey } : {}),
    ...(functionId ? { functionId } : {}),
  })
  let next = 0
  return {
    client() {
      next = (next + 1) % clients.length
      const client = clients[next]
      if (!client) throw new Error('no channel')
      return client
    },
    metadata: () => Metadata(entries),
    close() {
      for (const channel of channels) channel.close()
    },
  }
}

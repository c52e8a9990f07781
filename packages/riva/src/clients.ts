import { createClientFactory } from 'nice-grpc'
import { createRivaChannel, type RivaChannelOptions } from './channel.ts'
import { type HealthClient, HealthDefinition } from './gen/grpc/health/v1/health.ts'
import {
  type RivaSpeechRecognitionClient,
  RivaSpeechRecognitionDefinition,
} from './gen/riva/proto/riva_asr.ts'
import {
  type RivaSpeechSynthesisClient,
  RivaSpeechSynthesisDefinition,
} from './gen/riva/proto/riva_tts.ts'
import { createMetadataMiddleware, type RivaMetadataOptions } from './metadata.ts'

export interface RivaClientsOptions extends RivaChannelOptions, RivaMetadataOptions {}

/** The services of one Riva server, over one channel. */
export interface RivaClients {
  readonly asr: RivaSpeechRecognitionClient
  readonly tts: RivaSpeechSynthesisClient
  readonly health: HealthClient
  /** Ends the channel; calls under way fail with `UNAVAILABLE` or `CANCELLED`. */
  close(): void
}

/**
 * Clients of a Riva server, a speech NIM, NVCF or anything that speaks Riva's wire. Nothing is
 * connected before the first call, and a server that is not there yet is no error here.
 *
 * No call has a deadline of its own: a recognition lasts as long as its telephone call. Pass
 * `signal` with each call, and classify what it throws with {@link toRivaError}.
 */
export function createRivaClients(options: RivaClientsOptions): RivaClients {
  const channel = createRivaChannel(options)
  const factory = createClientFactory().use(createMetadataMiddleware(options))
  return {
    asr: factory.create(RivaSpeechRecognitionDefinition, channel),
    tts: factory.create(RivaSpeechSynthesisDefinition, channel),
    health: factory.create(HealthDefinition, channel),
    close: () => channel.close(),
  }
}

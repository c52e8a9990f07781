import type { ClientMiddleware } from 'nice-grpc'
import { Metadata } from 'nice-grpc'

/** What a request carries beside its message. */
export interface RivaMetadataOptions {
  /** Sent as `authorization: Bearer …`. */
  readonly apiKey?: string
  /** NVCF's name of a deployed model, sent as `function-id`. NVIDIA changes these from time to time. */
  readonly functionId?: string
  /** Further entries, sent as they are. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** The entries as gRPC sends them: lowercase keys, nothing for what is not set. */
export function toRivaMetadata({
  apiKey,
  functionId,
  metadata = {},
}: RivaMetadataOptions): Readonly<Record<string, string>> {
  const entries: Record<string, string> = {}
  for (const [key, value] of Object.entries(metadata)) entries[key.toLowerCase()] = value
  if (functionId) entries['function-id'] = functionId
  if (apiKey) entries['authorization'] = `Bearer ${apiKey}`
  return entries
}

/** Adds the entries to every call; what the call itself brings is stronger. */
export function createMetadataMiddleware(options: RivaMetadataOptions): ClientMiddleware {
  const entries = Object.entries(toRivaMetadata(options))
  return async function* addMetadata(call, callOptions) {
    const metadata = Metadata(callOptions.metadata)
    for (const [key, value] of entries) if (!metadata.has(key)) metadata.set(key, value)
    return yield* call.next(call.request, { ...callOptions, metadata })
  }
}

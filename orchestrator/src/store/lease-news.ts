import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'
import { keys } from './keys.ts'

/**
 * Tells this process at once that another one has taken a call's lease from it. A lost message costs little: the
 * next write is refused by its token.
 */
export function watchLeases(options: {
  readonly url: string
  /** Name of this process in the leases. */
  readonly holder: string
  readonly logger: Logger
  readonly onTaken: (callId: string, token: number) => void
}): { close(): void } {
  const { url, holder, logger, onTaken } = options
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 2000 })
  const onError = (error: unknown) => logger.debug({ err: error }, 'watching leases failed')
  subscriber.on('error', onError)
  subscriber.on('message', (_channel, message: string) => {
    const [callId = '', token = ''] = message.split(' ')
    onTaken(callId, Number(token))
  })
  // Subscribes again by itself after a lost connection.
  inBackground(subscriber.subscribe(keys.leaseNews(holder)), { onError })
  return { close: () => subscriber.disconnect() }
}

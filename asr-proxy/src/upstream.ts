import { Client, type ClientOptions, credentials, Metadata } from '@grpc/grpc-js'
import type { RivaTarget } from './config.ts'

export interface Upstream {
  /** The next channel's client. Streams are spread over channels: a server or load balancer may allow few on each. */
  client(): Client
  /** What every upstream call carries, made anew for each. */
  metadata(): Metadata
  close(): void
}

const channels = 4

// Without a local pool grpc-js joins equal channels into one connection, and with MAX_CONCURRENT_STREAMS=100 the
// 101st call waits for ever without an error (measured, facts on Riva 2.6).
const options: ClientOptions = {
  'grpc.use_local_subchannel_pool': 1,
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 3_000,
}

/** Connects lazily to Riva or a Speech NIM. */
export function createUpstream({ uri, ssl, apiKey, functionId }: RivaTarget): Upstream {
  const security = ssl ? credentials.createSsl() : credentials.createInsecure()
  const clients = Array.from({ length: channels }, () => new Client(uri, security, options))
  let next = 0
  return {
    client() {
      next = (next + 1) % clients.length
      const client = clients[next]
      if (!client) throw new Error('no channel')
      return client
    },
    metadata() {
      const metadata = new Metadata()
      if (functionId) metadata.set('function-id', functionId)
      if (apiKey) metadata.set('authorization', `Bearer ${apiKey}`)
      return metadata
    },
    close() {
      for (const client of clients) client.close()
    },
  }
}

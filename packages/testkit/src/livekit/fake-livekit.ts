import { createDisposalStack } from '@trunkline/runtime'
import { createFakeRooms, type FakeRooms } from './fake-rooms.ts'
import { createFakeSip, type FakeSip } from './fake-sip.ts'
import { roomMethods } from './room-methods.ts'
import { sipMethods } from './sip-methods.ts'
import { type ServerFaults, startTwirpServer } from './twirp-server.ts'
import { createWebhookSender, type WebhookKnobs } from './webhook-sender.ts'

export interface FakeLiveKitOptions {
  readonly apiKey: string
  readonly apiSecret: string
  readonly webhookUrls?: readonly string[]
  /** From 0 to below 1; a seeded one makes a run repeatable. */
  readonly random?: () => number
  readonly departureTimeoutMs?: number
  readonly webhookRetryMs?: number
  readonly port?: number
}

/** livekit-server's HTTP API without media. It passes the suite that livekit-server passes. */
export interface FakeLiveKit {
  /** `ws://127.0.0.1:<port>`, as LIVEKIT_URL wants it. */
  readonly url: string
  readonly rooms: FakeRooms
  readonly sip: FakeSip
  /** How often each method was asked for, by `Service/Method`. */
  readonly asked: ReadonlyMap<string, number>
  readonly webhooks: { readonly emitted: number; readonly delivered: number }
  setWebhooks(knobs: WebhookKnobs): void
  setWebhookUrls(urls: readonly string[]): void
  /** Resolves when every webhook has been delivered or given up. */
  webhooksSettled(): Promise<void>
  setFaults(faults: ServerFaults): void
  /** LiveKit's Redis comes back empty: calls go on, lists, trunks and rules are empty (measured). */
  loseRedis(): void
  close(): Promise<void>
}

export async function startFakeLiveKit(options: FakeLiveKitOptions): Promise<FakeLiveKit> {
  const { apiKey, apiSecret, webhookUrls = [], random = Math.random } = options
  const stack = createDisposalStack()
  const webhooks = createWebhookSender({
    ...{ urls: webhookUrls, apiKey, apiSecret, random },
    retryBaseMs: options.webhookRetryMs ?? 1000,
  })
  stack.defer(() => webhooks.close())
  const rooms = createFakeRooms({
    emit: webhooks.emit,
    departureTimeoutMs: options.departureTimeoutMs ?? 20_000,
  })
  stack.defer(() => rooms.close())
  const sip = createFakeSip()
  const server = await startTwirpServer({
    ...{ apiKey, apiSecret, random, port: options.port ?? 0 },
    methods: { ...roomMethods(rooms), ...sipMethods(sip) },
  })
  stack.defer(() => server.close())
  return {
    url: server.url.replace('http', 'ws'),
    ...{ rooms, sip, asked: server.asked },
    get webhooks() {
      return webhooks.counts
    },
    setWebhooks: webhooks.setKnobs,
    setWebhookUrls: webhooks.setUrls,
    webhooksSettled: webhooks.settled,
    setFaults: server.setFaults,
    loseRedis() {
      rooms.forgetAll()
      sip.forgetAll()
    },
    close: () => stack.close(),
  }
}

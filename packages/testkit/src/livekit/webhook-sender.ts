import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ParticipantInfo, type Room, WebhookEvent } from '@livekit/protocol'
import { withSignals } from '@trunkline/runtime'
import { AccessToken } from 'livekit-server-sdk'

/** What may happen to webhooks on their way. Rates are from 0 to 1. */
export interface WebhookKnobs {
  /** Never sent. */
  readonly dropRate?: number
  /** Sent twice, with one id. */
  readonly duplicateRate?: number
  /** Each waits a random time up to this. */
  readonly delayMs?: number
  /** Later ones do not wait for earlier ones of their room, as livekit-server's do. */
  readonly reorder?: boolean
}

export interface WebhookSenderOptions {
  readonly urls: readonly string[]
  readonly apiKey: string
  readonly apiSecret: string
  readonly random: () => number
  /** livekit-server waits 1 s before the first of four retries, then twice as long each time. */
  readonly retryBaseMs: number
}

export interface WebhookDraft {
  readonly event: string
  readonly room: Room
  readonly participant?: ParticipantInfo
}

export interface WebhookSender {
  emit(draft: WebhookDraft): void
  setKnobs(knobs: WebhookKnobs): void
  setUrls(urls: readonly string[]): void
  /** Events that were made, and requests that were answered with a status below 500. */
  readonly counts: { readonly emitted: number; readonly delivered: number }
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
  close(): void
}

const retries = 4

/** Sends LiveKit's webhooks: signed over the body's bytes, in order for each room, again after a 5xx. */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { apiKey, apiSecret, random, retryBaseMs } = options
  const stop = new AbortController()
  const queues = new Map<string, Promise<void>>()
  const underWay = new Set<Promise<void>>()
  let urls = options.urls
  let knobs: WebhookKnobs = {}
  let emitted = 0
  let delivered = 0

  const post = async (url: string, body: string) => {
    for (let attempt = 0; attempt <= retries && !stop.signal.aborted; attempt += 1) {
      const token = new AccessToken(apiKey, apiSecret, { ttl: 300 })
      token.sha256 = createHash('sha256').update(body).digest('base64')
      const headers = {
        'content-type': 'application/webhook+json',
        'user-agent': 'LiveKit',
        authorization: await token.toJwt(), // without "Bearer", as livekit-server sends it
      }
      // A signal of its own: fetch leaves its listener on one until it is collected.
      const status = await withSignals([stop.signal], {}, async (signal) => {
        const response = await fetch(url, { method: 'POST', headers, body, signal })
        await response.arrayBuffer()
        return response.status
      }).catch(() => undefined) // nobody listens there, or we are closing
      if (status !== undefined && status < 500 && status !== 429) {
        delivered += 1
        return
      }
      await sleep(retryBaseMs * 2 ** attempt, undefined, { signal: stop.signal }).catch(() => {})
    }
  }
  const deliver = async (body: string) => {
    const { delayMs = 0, duplicateRate = 0 } = knobs
    if (delayMs > 0) {
      await sleep(random() * delayMs, undefined, { signal: stop.signal }).catch(() => {})
    }
    const times = random() < duplicateRate ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      await Promise.all(urls.map((url) => post(url, body)))
    }
  }
  return {
    emit({ event, room, participant }) {
      emitted += 1
      if (random() < (knobs.dropRate ?? 0)) return
      const webhook = new WebhookEvent({
        ...{ event, room, id: `EV_${randomUUID()}` },
        createdAt: BigInt(Math.floor(Date.now() / 1000)),
        ...(participant === undefined ? {} : { participant }),
      })
      const body = JSON.stringify(webhook.toJson())
      const before = knobs.reorder ? undefined : queues.get(room.sid)
      const work = (before ?? Promise.resolve()).then(() => deliver(body))
      queues.set(room.sid, work)
      underWay.add(work)
      void work.finally(() => {
        underWay.delete(work)
        if (queues.get(room.sid) === work) queues.delete(room.sid)
      })
    },
    setKnobs(next) {
      knobs = next
    },
    setUrls(next) {
      urls = next
    },
    get counts() {
      return { emitted, delivered }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    close: () => stop.abort(),
  }
}

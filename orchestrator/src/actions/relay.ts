import { randomUUID } from 'node:crypto'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { OrchestratorError } from '../errors.ts'
import { createRedis } from '../store/redis.ts'

/** Asks the process that holds a call, and answers for those held here. */
export interface Relay {
  /**
   * @param holder name of the other process, as the call's lease has it
   * @throws {OrchestratorError} `unavailable` when it is not there or does not answer in time
   */
  ask(holder: string, request: unknown): Promise<unknown>
  close(): void
}

export interface RelayOptions {
  readonly url: string
  /** Name of this process in the leases. */
  readonly holder: string
  readonly logger: Logger
  /** Answers another process's request. What it throws, the other one is told as `unavailable`. */
  readonly answer: (request: unknown) => Promise<unknown>
  readonly timeoutMs?: number
}

const envelope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.string(), from: z.string(), body: z.unknown() }),
  z.object({ kind: z.literal('reply'), id: z.string(), ok: z.boolean(), body: z.unknown() }),
])
type Envelope = z.infer<typeof envelope>
type Reply = Extract<Envelope, { kind: 'reply' }>

const unavailable = (why: string, options?: ErrorOptions) =>
  new OrchestratorError('unavailable', why, options)

const channelOf = (holder: string) => `relay:${holder}`

/** Request and reply over Redis pub/sub: each process listens on a channel of its own name. Nothing is stored. */
export function createRelay(options: RelayOptions): Relay {
  const { url, holder, logger, answer, timeoutMs = 5000 } = options
  const waiting = new Map<string, (reply: Reply) => void>()
  const publisher = createRedis(url, { logger })
  // Subscribes again by itself after a lost connection.
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 2000 })
  const onError = (error: unknown) => logger.debug({ err: error }, 'relaying failed')
  subscriber.on('error', onError)

  const send = (to: string, message: Envelope) =>
    publisher.publish(channelOf(to), JSON.stringify(message))

  const take = async (message: Envelope) => {
    if (message.kind === 'reply') {
      waiting.get(message.id)?.(message)
      return
    }
    const { id, from, body } = message
    try {
      await send(from, { kind: 'reply', id, ok: true, body: await answer(body) })
    } catch (error) {
      onError(error)
      await send(from, { kind: 'reply', id, ok: false, body: null })
    }
  }
  subscriber.on('message', (_channel, text) => {
    const parsed = readEnvelope(text)
    if (parsed) inBackground(take(parsed), { onError })
  })
  inBackground(subscriber.subscribe(channelOf(holder)), { onError })

  return {
    async ask(to, body) {
      const id = randomUUID()
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), timeoutMs)
      const reply = new Promise<Reply | undefined>((resolve) => {
        waiting.set(id, resolve)
        late.signal.addEventListener('abort', () => resolve(undefined), { once: true })
      })
      try {
        const listeners = await send(to, { kind: 'request', id, from: holder, body })
        if (listeners === 0) throw unavailable('no orchestrator holds the call at the moment')
        const message = await reply
        if (message?.ok) return message.body
        throw unavailable('the orchestrator that holds the call did not do it in time')
      } catch (cause) {
        if (cause instanceof OrchestratorError) throw cause
        throw unavailable('the call store is away', { cause })
      } finally {
        clearTimeout(timer)
        waiting.delete(id)
      }
    },
    close() {
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}

function readEnvelope(text: string): Envelope | undefined {
  try {
    return envelope.safeParse(JSON.parse(text)).data
  } catch {
    return undefined // nobody of us writes such a thing
  }
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { OrchestratorError } from '../errors.ts'

/** An answer that can be given again. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

export interface Idempotency {
  /**
   * Runs `work` once per key: a repeat with the same input is given the first answer, by whatever replica. What
   * fails may be tried again with the same key. A key whose first request never came to an end (its process was
   * killed), or whose answer could not be kept, stays refused for a day: nothing is done twice.
   * @throws {OrchestratorError} `conflict` while the first is under way or its answer is not known, `key-reused` for
   *   another input
   */
  once(
    request: { readonly owner: string; readonly key: string; readonly input: unknown },
    work: () => Promise<Answer>,
  ): Promise<Answer & { readonly isRepeat: boolean }>
}

/** What is needed of Redis. */
export interface KeyStore {
  get(name: string): Promise<string | null>
  set(name: string, value: string, unit: 'EX', seconds: number): Promise<unknown>
  /** Null when the key was there. */
  set(name: string, value: string, unit: 'EX', seconds: number, when: 'NX'): Promise<unknown>
  del(name: string): Promise<unknown>
}

const ttlSeconds = 86_400
const stored = z.object({
  input: z.string(),
  answer: z.object({ status: z.number(), body: z.unknown() }).optional(),
})

/** `Idempotency-Key`: visible ASCII, as draft-ietf-httpapi-idempotency-key-header has it. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'one to 200 visible ASCII characters')

export function createIdempotency(redis: KeyStore): Idempotency {
  return {
    async once({ owner, key, input }, work) {
      const name = `idempotency:${digest(`${owner}\n${key}`)}`
      const fingerprint = digest(JSON.stringify(input))
      const first = await withRedis(() =>
        redis.set(name, JSON.stringify({ input: fingerprint }), 'EX', ttlSeconds, 'NX'),
      )
      if (first === null) {
        const known = readStored(await withRedis(() => redis.get(name)))
        if (known && known.input !== fingerprint) {
          throw new OrchestratorError(
            'key-reused',
            'Idempotency-Key: used before for another request',
          )
        }
        if (known?.answer) return { ...known.answer, isRepeat: true }
        throw new OrchestratorError(
          'conflict',
          'the first request with this key is not finished, or its answer was not kept',
        )
      }
      let answer: Answer
      try {
        answer = await work()
      } catch (error) {
        await redis.del(name).catch(() => {}) // it expires; until then a repeat is told to wait
        throw error
      }
      const value = JSON.stringify({ input: fingerprint, answer })
      // It is done: without its answer the key stays as it is, so that a repeat does not do it again.
      await redis.set(name, value, 'EX', ttlSeconds).catch(() => {})
      return { ...answer, isRepeat: false }
    },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function readStored(json: string | null): z.infer<typeof stored> | undefined {
  return json === null ? undefined : stored.parse(JSON.parse(json))
}

async function withRedis<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw new OrchestratorError('unavailable', 'the call store is away', { cause })
  }
}

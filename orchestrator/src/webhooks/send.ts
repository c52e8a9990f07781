import { findRegionFault, type RegionOptions, withSignals } from '@trunkline/runtime'
import { type Dispatcher, request } from 'undici'
import { readRetryAfterMs } from './backoff.ts'
import type { Endpoint } from './endpoint.ts'
import { type Outcome, toFault, toOutcome } from './outcome.ts'
import type { AddressRules } from './private-addresses.ts'
import type { SecretReader } from './secrets.ts'
import { toSignedHeaders } from './signature.ts'

export interface SendDeps {
  readonly dispatcher: Dispatcher
  readonly rules: Pick<AddressRules, 'isPlainAllowed'>
  readonly secrets: SecretReader
  /** Where data may be sent; a line file may have changed since the start. */
  readonly region: RegionOptions
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly timeoutMs: number
}

export interface Message {
  readonly id: string
  readonly body: string
}

/** Nobody reads what a receiver answers; so much of it is taken off the wire to use the connection again. */
const maxAnswerBytes = 16 * 1024
const maxAnswerMs = 1000

/** One attempt. Redirects are not followed. @throws nothing but the abort of `signal` */
export async function send(
  { dispatcher, rules, secrets, region, now, timeoutMs }: SendDeps,
  { endpoint, message, signal }: { endpoint: Endpoint; message: Message; signal: AbortSignal },
): Promise<Outcome> {
  if (findRegionFault(endpoint.url, region) !== undefined) {
    return { kind: 'failed', fault: 'outside-region' }
  }
  const { protocol, hostname } = new URL(endpoint.url)
  if (protocol !== 'https:' && !rules.isPlainAllowed(hostname.replace(/^\[(.*)\]$/, '$1'))) {
    return { kind: 'failed', fault: 'plain-http' }
  }
  const keys = await secrets(endpoint.settings)
  if (!keys) return { kind: 'failed', fault: 'no-secret' }
  const { id, body } = message
  const timestampSeconds = Math.floor(now() / 1000)
  const headers = {
    ...{ 'content-type': 'application/json', 'user-agent': 'trunkline-webhooks/1' },
    ...toSignedHeaders({ id, timestampSeconds, body }, keys),
  }
  try {
    const answer = await withSignals([signal], { timeoutMs }, async (limited) => {
      const options = { dispatcher, method: 'POST', headers, body, signal: limited } as const
      const answered = await request(endpoint.url, options)
      // The answer's body says nothing: one that is long or never ends is cut off.
      await withSignals([limited], { timeoutMs: maxAnswerMs }, (cut) =>
        answered.body.dump({ limit: maxAnswerBytes, signal: cut }),
      ).catch(() => undefined)
      return answered
    })
    const retryAfter = answer.headers['retry-after']
    const header = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter
    return toOutcome(answer.statusCode, readRetryAfterMs(header, now()))
  } catch (error) {
    signal.throwIfAborted()
    return { kind: 'failed', fault: toFault(error) }
  }
}

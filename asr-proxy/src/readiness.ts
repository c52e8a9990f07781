import type { Upstream } from './upstream.ts'

export interface Readiness {
  /** Why no stream may come now, or undefined. Asks Riva at most every two seconds. */
  unreadyReason(): Promise<string | undefined>
}

const askEveryMs = 2_000
const answerWithinMs = 1_500

/**
 * Riva is ready when it lists a model: its HTTP readiness and an open port come earlier (NVIDIA's own guide asks
 * for the list). An empty list is an empty message.
 */
export function createReadiness(upstream: Upstream, { now }: { now: () => number }): Readiness {
  let askedAt = Number.NEGATIVE_INFINITY
  let answer: Promise<string | undefined> = Promise.resolve('not asked yet')
  return {
    unreadyReason() {
      if (now() - askedAt >= askEveryMs) {
        askedAt = now()
        answer = ask(upstream)
      }
      return answer
    },
  }
}

async function ask(upstream: Upstream): Promise<string | undefined> {
  try {
    const models = await upstream.client().getRivaSpeechRecognitionConfig(new Uint8Array(), {
      metadata: upstream.metadata(),
      signal: AbortSignal.timeout(answerWithinMs),
    })
    return models.length > 0 ? undefined : 'Riva lists no model'
  } catch {
    return 'Riva does not answer' // the probe comes again; errors of calls are logged where they happen
  }
}

import { setTimeout as sleep } from 'node:timers/promises'

export interface Readiness {
  /** Why no new calls may come now; undefined when they may. */
  readonly reason: () => string | undefined
}

export interface ReadinessDeps {
  /** Base address of the OpenAI API, and its key. */
  readonly llm: { readonly url: string; readonly apiKey?: string | undefined }
  readonly isStoreReady: () => boolean
  readonly isClosing: () => boolean
  readonly signal: AbortSignal
  readonly fetch?: typeof fetch
}

const checkTimeoutMs = 3000
const recheckMs = { good: 5000, bad: 1000 } as const

/** Looks after what a call needs in the background, so that a probe costs nothing. */
export function watchReadiness(deps: ReadinessDeps): Readiness {
  const { llm, isStoreReady, isClosing, signal, fetch: request = fetch } = deps
  let llmReason: string | undefined = 'the model has not been asked yet'

  const check = async () => {
    const url = `${llm.url.replace(/\/$/, '')}/models`
    try {
      const response = await request(url, {
        headers: llm.apiKey === undefined ? {} : { authorization: `Bearer ${llm.apiKey}` },
        signal: AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]),
      })
      await response.body?.cancel()
      // A server without a list of models still answers.
      const isFine = response.ok || response.status === 404 || response.status === 405
      llmReason = isFine ? undefined : `the model answers ${response.status}`
    } catch {
      llmReason = 'the model does not answer' // which way is of no use to a probe
    }
  }
  const run = async () => {
    while (!signal.aborted) {
      await check()
      const waitMs = llmReason === undefined ? recheckMs.good : recheckMs.bad
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {}) // aborted: the loop ends
    }
  }
  void run() // cannot reject: both of its steps report for themselves

  return {
    reason() {
      if (isClosing()) return 'shutting down'
      if (!isStoreReady()) return 'redis is away'
      return llmReason
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { withSignals } from '@trunkline/runtime'
import type { ModelCheck } from './dialogue/create-dialogue.ts'

export interface Readiness {
  /** Why no new calls may come now; undefined when they may. */
  readonly reason: () => string | undefined
  /** Why the model cannot be asked, once it has failed twice in a row: one lost answer refuses no call. */
  readonly modelFault: () => string | undefined
}

export interface ReadinessDeps {
  /** Throws nothing but an abort. */
  readonly checkModel: (options: { signal: AbortSignal }) => Promise<ModelCheck>
  readonly isStoreReady: () => boolean
  /** Aborts when the service closes: it takes no new calls from then on. */
  readonly signal: AbortSignal
}

const checkTimeoutMs = 3000
const failuresThatCount = 2
const recheckMs = { good: 5000, bad: 1000 } as const

/** Looks after what a call needs in the background, so that a probe costs nothing. */
export function watchReadiness({ checkModel, isStoreReady, signal }: ReadinessDeps): Readiness {
  let modelReason: string | undefined = 'the model has not been asked yet'
  let failures = 0

  const check = async () => {
    try {
      const model = await withSignals([signal], { timeoutMs: checkTimeoutMs }, (limited) =>
        checkModel({ signal: limited }),
      )
      modelReason = model.ok ? undefined : `the model does not answer: ${model.code}`
    } catch {
      modelReason = 'the model does not answer in time' // what is thrown is the abort, ours or the time-out's
    }
  }
  const run = async () => {
    while (!signal.aborted) {
      await check()
      failures = modelReason === undefined ? 0 : failures + 1
      const waitMs = modelReason === undefined ? recheckMs.good : recheckMs.bad
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {}) // aborted: the loop ends
    }
  }
  void run() // cannot reject: both of its steps report for themselves

  return {
    modelFault: () => (failures >= failuresThatCount ? modelReason : undefined),
    reason() {
      if (signal.aborted) return 'shutting down'
      if (!isStoreReady()) return 'redis is away'
      return modelReason
    },
  }
}

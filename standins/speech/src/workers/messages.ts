import type { Transferable } from 'node:worker_threads'

/** What a pool sends to its worker thread. */
export type ToWorker<Job> =
  | { readonly kind: 'run'; readonly id: number; readonly job: Job }
  | { readonly kind: 'cancel'; readonly id: number }

/** What a worker thread answers. `failed` is an error of this job alone: the thread goes on. */
export type FromWorker<Result> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly result: Result }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

export interface JobContext {
  /** True once nobody waits for the result any more; the job may then end early with anything. */
  readonly isCancelled: () => boolean
}

export interface JobOutput<Result> {
  readonly result: Result
  readonly transfer?: readonly Transferable[]
}

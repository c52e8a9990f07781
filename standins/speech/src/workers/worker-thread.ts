import { Worker } from 'node:worker_threads'
import type { FromWorker, ToWorker } from './messages.ts'

export interface WorkerThread<Job> {
  post(message: ToWorker<Job>, transfer: readonly ArrayBuffer[]): void
  terminate(): Promise<void>
}

export interface WorkerThreadOptions<Result> {
  readonly script: URL
  readonly onMessage: (message: FromWorker<Result>) => void
  /** Once, when the thread is gone, whether it failed, exited or was terminated. */
  readonly onGone: (cause: unknown) => void
}

/** One thread. It holds the process open until it is terminated. */
export function startWorkerThread<Job, Result>({
  script,
  onMessage,
  onGone,
}: WorkerThreadOptions<Result>): WorkerThread<Job> {
  // A test runner's own flags must not reach the thread; it needs nothing but Node.
  const worker = new Worker(script, { execArgv: [], env: {} })
  let failure: unknown
  worker.on('message', onMessage)
  worker.on('error', (error: unknown) => {
    failure = error
  })
  worker.once('exit', (code) => onGone(failure ?? new Error(`worker exited with ${code}`)))
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    terminate: async () => {
      await worker.terminate()
    },
  }
}

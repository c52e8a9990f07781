import { parentPort } from 'node:worker_threads'
import type { FromWorker, JobContext, JobOutput, ToWorker } from './messages.ts'

/** The worker thread's side of a pool: runs one job at a time until the pool ends the thread. */
export function serveJobs<Job, Result>(
  handle: (job: Job, context: JobContext) => JobOutput<Result> | Promise<JobOutput<Result>>,
): void {
  const port = parentPort
  if (!port) throw new Error('this file runs in a worker thread only')
  const cancelled = new Set<number>()

  const run = async (id: number, job: Job) => {
    try {
      const { result, transfer = [] } = await handle(job, { isCancelled: () => cancelled.has(id) })
      const answer: FromWorker<Result> = { kind: 'done', id, result }
      port.postMessage(answer, transfer)
    } catch (error) {
      const answer: FromWorker<Result> = { kind: 'failed', id, message: describe(error) }
      port.postMessage(answer)
    } finally {
      cancelled.delete(id)
    }
  }

  port.on('message', (message: ToWorker<Job>) => {
    if (message.kind === 'cancel') cancelled.add(message.id)
    else void run(message.id, message.job)
  })
  const ready: FromWorker<Result> = { kind: 'ready' }
  port.postMessage(ready)
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

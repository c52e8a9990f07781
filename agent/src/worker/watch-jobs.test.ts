import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { JobProcess } from './job-pool.ts'
import { settledMessage, watchJobs } from './watch-jobs.ts'

/** A process that waits for a call and settles as soon as it has one; it answers no ping. */
async function forkJob(): Promise<ChildProcess> {
  const code = `
    process.on('message', ({ case: kind }) => {
      if (kind === 'startJobRequest') process.send(${JSON.stringify(settledMessage)})
    })
    process.send({ case: 'up' })`
  const child = fork('data:text/javascript,0', { execArgv: ['--eval', code] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'message')
  return child
}

describe('watchJobs', () => {
  it('hears a job that settles before the next look at what runs', async () => {
    const proc = await forkJob()
    const job: { proc: ChildProcess; runningJob?: JobProcess['runningJob'] } = { proc }
    const faults: string[] = []
    const watch = watchJobs({
      pool: { processes: [job] },
      onFault: (fault) => void faults.push(fault),
      ...{ tickMs: 100, stalledMs: 60_000, orphanedMs: 300 },
    })
    onTestFinished(() => watch.close())
    await sleep(250)
    const settled = once(proc, 'message')
    job.runningJob = { job: { id: 'quick' } }
    proc.send({ case: 'startJobRequest' })
    await settled
    await sleep(1000)
    expect(faults).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { SpeechError } from '../src/errors.ts'
import { WorkerPool } from '../src/workers/worker-pool.ts'

const script = new URL('./workers/moody-worker.ts', import.meta.url)
const codeOf = (error: unknown) => (error instanceof SpeechError ? error.code : undefined)

async function withPool<T>(
  use: (pool: WorkerPool<string, string>, crashes: unknown[]) => Promise<T>,
  options: { size?: number; maxWaiting?: number; jobTimeoutMs?: number } = {},
): Promise<T> {
  const crashes: unknown[] = []
  const pool = new WorkerPool<string, string>({
    script,
    size: 1,
    maxWaiting: 4,
    jobTimeoutMs: 20_000,
    onCrash: (cause) => crashes.push(cause),
    ...options,
  })
  try {
    await pool.ready()
    return await use(pool, crashes)
  } finally {
    await pool.close()
  }
}

describe('WorkerPool', () => {
  it('fails the job of a thread that dies as unavailable, and does the next one on another', () =>
    withPool(async (pool, crashes) => {
      const dying = pool.run('die')
      const next = pool.run('work')
      await expect(dying).rejects.toSatisfy((error) => codeOf(error) === 'unavailable')
      expect(await next).toBe('did work')
      expect(crashes).toHaveLength(1)
    }))

  it('passes the failure of a job on and keeps the thread', () =>
    withPool(async (pool, crashes) => {
      await expect(pool.run('fail')).rejects.toThrow('told to fail')
      expect(await pool.run('work')).toBe('did work')
      expect(crashes).toHaveLength(0)
    }))

  it('replaces a thread that does not answer', () =>
    withPool(
      async (pool, crashes) => {
        await expect(pool.run('wait')).rejects.toSatisfy((error) => codeOf(error) === 'stalled')
        expect(await pool.run('work')).toBe('did work')
        expect(crashes).toHaveLength(1)
      },
      { jobTimeoutMs: 300 },
    ))

  it('drops what may be dropped for what may not', () =>
    withPool(async (pool) => {
      const interim = pool.run('wait', { preemptible: true })
      const final = pool.run('final')
      await expect(interim).rejects.toSatisfy((error) => codeOf(error) === 'preempted')
      expect(await final).toBe('did final')
    }))

  it('never lets a job wait that may be dropped', () =>
    withPool(async (pool) => {
      const stop = new AbortController()
      const busy = pool.run('wait', { signal: stop.signal })
      const interim = pool.run('interim', { preemptible: true })
      await expect(interim).rejects.toSatisfy((error) => codeOf(error) === 'preempted')
      stop.abort()
      await expect(busy).rejects.toThrow()
      expect(await pool.run('work')).toBe('did work')
    }))

  it('refuses more waiting jobs than it may hold', () =>
    withPool(
      async (pool) => {
        const stop = new AbortController()
        const held = ['wait', 'wait'].map((job) => pool.run(job, { signal: stop.signal }))
        const refused = pool.run('work')
        await expect(refused).rejects.toSatisfy((error) => codeOf(error) === 'overloaded')
        stop.abort()
        for (const one of held) await expect(one).rejects.toThrow()
      },
      { maxWaiting: 1 },
    ))

  it('fails what is under way when it closes', async () => {
    let running: Promise<string> | undefined
    await withPool(async (pool) => {
      running = pool.run('wait')
      running.catch(() => undefined)
    })
    await expect(running).rejects.toSatisfy((error) => codeOf(error) === 'unavailable')
  })
})

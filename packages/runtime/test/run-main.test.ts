import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

const program = join(import.meta.dirname, 'slow-main.ts')

/** A process that is told to stop when it has said `at`, and how it ended. */
async function stopAt(
  at: 'starting' | 'started',
  {
    startMs,
    startGraceMs,
    failure = '',
  }: Record<'startMs' | 'startGraceMs', number> & { failure?: string },
) {
  const child = spawn(process.execPath, [program, String(startMs), String(startGraceMs), failure], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const gone = once(child, 'close')
  let said = ''
  let faults = ''
  let toldAt = 0
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString()
    if (toldAt > 0 || !said.includes(`${at}\n`)) return
    toldAt = performance.now()
    child.kill('SIGTERM')
  })
  child.stderr.on('data', (piece: Buffer) => {
    faults += piece.toString()
  })
  const [code, signal] = await gone
  return { code, signal, said: said.trim().split('\n'), faults, tookMs: performance.now() - toldAt }
}
const farOffMs = 600_000

describe('runMain', () => {
  it('closes what has started', async () => {
    const ended = await stopAt('started', { startMs: 0, startGraceMs: farOffMs })
    expect(ended).toMatchObject({ code: 0, said: ['starting', 'started', 'closed'], faults: '' })
  })

  it('closes what was told to stop while it started, once it has', async () => {
    const ended = await stopAt('starting', { startMs: 300, startGraceMs: farOffMs })
    expect(ended).toMatchObject({ code: 0, said: ['starting', 'started', 'closed'], faults: '' })
  })

  it('ends a start that goes on for too long by the signal that came', async () => {
    const ended = await stopAt('starting', { startMs: farOffMs, startGraceMs: 200 })
    expect(ended).toMatchObject({ code: null, signal: 'SIGTERM', said: ['starting'], faults: '' })
    expect(ended.tookMs).toBeGreaterThan(150)
  })

  it('says why a start failed though it was told to stop', async () => {
    const failure = 'no such database'
    const ended = await stopAt('starting', { startMs: 100, startGraceMs: farOffMs, failure })
    expect(ended).toMatchObject({ code: 1, said: ['starting'] })
    expect(ended.faults).toContain(failure)
  })
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createProgress } from '../progress.ts'
import { processIdentity } from '../stack/process-identity.ts'
import { startParts } from '../stack/start-parts.ts'
import { PartError, type PartSpec, Supervisor } from '../stack/supervisor.ts'
import { freePort } from './free-port.ts'

const answer = z.object({ grandchild: z.number().optional(), signals: z.array(z.string()) })

describe('Supervisor', () => {
  const never = new AbortController().signal
  let folder: string
  let supervisor: Supervisor

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trunkline-supervisor-'))
    supervisor = new Supervisor()
  })
  afterEach(async () => {
    await supervisor.stop({ hurry: true })
    rmSync(folder, { recursive: true, force: true })
  })

  async function part(name: string, given: Partial<PartSpec> & { does?: string } = {}) {
    const { does = 'plain', ...rest } = given
    const port = await freePort()
    const url = `http://127.0.0.1:${port}/`
    const spec: PartSpec = {
      name,
      order: 0,
      needs: [],
      command: process.execPath,
      args: [join(import.meta.dirname, 'tiny-part.ts'), String(port), does],
      env: { PATH: process.env['PATH'] },
      cwd: folder,
      log: join(folder, `${name}.log`),
      ready: { kind: 'http', url },
      readyTimeoutMs: 30_000,
      ...rest,
    }
    return { spec, url, ask: async () => answer.parse(await (await fetch(url)).json()) }
  }
  const pidOf = (name: string) => supervisor.parts.find((one) => one.name === name)?.pid ?? -1

  it('names a part that ends by itself, with its last lines', async () => {
    const { spec, url } = await part('llm')
    await supervisor.start(spec, { signal: never })
    const death = expect(supervisor.death).rejects.toThrow(
      /^llm ended with code 3; its last lines:\n {2}about to fail$/,
    )
    await fetch(`${url}die`).catch(() => {}) // it dies instead of answering
    await death
  })

  it('says why a part did not start, and what it wrote', async () => {
    const { spec } = await part('sip', { does: 'dies-at-start' })
    await expect(supervisor.start(spec, { signal: never })).rejects.toThrow(
      /^sip ended with code 7; .*\n {2}the cable is not plugged in$/,
    )
    const missing = await part('gone', { command: join(folder, 'no-such-program') })
    await expect(supervisor.start(missing.spec, { signal: never })).rejects.toThrow(
      /^gone cannot be run/,
    )
  })

  it('gives up on a part that is never ready, and tells its last answer', async () => {
    const { spec } = await part('speech', { does: 'never-ready', readyTimeoutMs: 1500 })
    await expect(supervisor.start(spec, { signal: never })).rejects.toThrow(
      /^speech was not ready within 2 s \((HTTP 503|no answer)/,
    )
  })

  it('ends a part with one signal, and a grandchild that ignores it too', async () => {
    const { spec, ask } = await part('agent', {
      does: 'grandchild',
      stop: [{ signal: 'SIGTERM', graceMs: 1000 }],
    })
    await supervisor.start(spec, { signal: never })
    const { grandchild = -1 } = await ask()
    expect(processIdentity(grandchild)).toBeDefined()
    const pid = pidOf('agent')
    await supervisor.stop()
    expect(readFileSync(spec.log, 'utf8')).toBe('got SIGTERM\n')
    expect([pid, grandchild].map(processIdentity)).toEqual([undefined, undefined])
  })

  it('kills a part that ignores every signal, at once when somebody is in a hurry', async () => {
    const { spec } = await part('stubborn', {
      does: 'stubborn',
      stop: [{ signal: 'SIGTERM', graceMs: 600_000 }],
    })
    await supervisor.start(spec, { signal: never })
    const pid = pidOf('stubborn')
    const stopped = supervisor.stop()
    void supervisor.stop({ hurry: true })
    await stopped
    expect(processIdentity(pid)).toBeUndefined()
  })

  it('ends the parts from the last to the first, each before the next', async () => {
    const first = await part('first', { order: 0 })
    const second = await part('second', { order: 1, needs: ['first'] })
    const progress = createProgress({ write: () => {} })
    await startParts([first.spec, second.spec], { supervisor, progress, signal: never })
    const pids = { first: pidOf('first'), second: pidOf('second') }
    const stopped = supervisor.stop()
    const seen: string[] = []
    while (processIdentity(pids.first) !== undefined) {
      if (processIdentity(pids.second) !== undefined) seen.push('second lives')
      else if (seen.at(-1) !== 'only first lives') seen.push('only first lives')
      await new Promise(setImmediate)
    }
    await stopped
    expect(seen.at(-1)).toBe('only first lives')
  })

  it('starts nothing more after a part has failed', async () => {
    const broken = await part('redis', { does: 'dies-at-start' })
    const later = await part('orchestrator', { needs: ['redis'], order: 1 })
    const progress = createProgress({ write: () => {} })
    const started = startParts([broken.spec, later.spec], { supervisor, progress, signal: never })
    await expect(started).rejects.toThrow(PartError)
    expect(supervisor.parts.map(({ name }) => name)).toEqual(['redis'])
  })

  it('stops starting when it is interrupted', async () => {
    const { spec } = await part('slow', { does: 'never-ready' })
    const controller = new AbortController()
    const progress = createProgress({ write: () => {} })
    const started = startParts([spec], { supervisor, progress, signal: controller.signal })
    controller.abort(new Error('Ctrl-C'))
    await expect(started).rejects.toThrow('Ctrl-C')
  })
})

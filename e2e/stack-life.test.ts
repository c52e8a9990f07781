import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stack } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { repositoryRoot } from '../scripts/paths.ts'
import { rtpPortCount } from '../scripts/ports.ts'
import { processIdentity } from '../scripts/stack/process-identity.ts'
import { readRunningStack } from './running-stack.ts'

/** A second stack lies beyond the RTP ports of the shared one, which keeps those of a call that has just ended. */
const offsetBetween = rtpPortCount + 100

describe('./trunkline up', needs(['redis', 'livekit-server']), () => {
  let runDir: string
  let running: ChildProcess | undefined

  beforeEach(() => {
    runDir = mkdtempSync(join(tmpdir(), 'trunkline-life-'))
  })
  afterEach(async () => {
    if (running?.pid && running.exitCode === null && running.signalCode === null) {
      const ended = once(running, 'exit')
      process.kill(-running.pid, 'SIGTERM')
      await ended
    }
    rmSync(runDir, { recursive: true, force: true })
  })

  function trunkline(command: string, { beside = offsetBetween } = {}) {
    const offset = String(readRunningStack().portOffset + beside)
    const child = spawn(
      join(repositoryRoot, 'trunkline'),
      [command, '--port-offset', offset],
      // As in a terminal: the command leads the process group that Ctrl-C reaches.
      {
        detached: true,
        cwd: tmpdir(),
        env: { ...process.env, TRUNKLINE_ENV_FILE: '/dev/null', TRUNKLINE_RUN_DIR: runDir },
      },
    )
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const ended = once(child, 'close').then(([code]): { code: unknown; output: string } => ({
      code,
      output,
    }))
    return { child, ended, output: () => output }
  }

  async function start() {
    const up = trunkline('up')
    running = up.child
    const isReady = () => existsSync(join(runDir, 'stack.json')) || up.child.exitCode !== null
    await expect.poll(isReady, { timeout: 100_000, interval: 100 }).toBe(true)
    expect(up.child.exitCode, up.output()).toBeNull()
    const file = join(runDir, 'stack.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    return { ...up, stack: stack.parse(JSON.parse(readFileSync(file, 'utf8'))) }
  }

  const alive = (pids: readonly number[]) =>
    pids.filter((pid) => processIdentity(pid) !== undefined)

  it('ends all that it started and nothing else on Ctrl-C, and refuses to start twice', async () => {
    const { child, ended, stack: own } = await start()
    const pids = own.processes.map(({ pid }) => pid)
    expect(alive(pids)).toEqual(pids)

    const second = await trunkline('up').ended
    expect(second).toMatchObject({ code: 1 })
    expect(second.output).toContain('a stack is running here already')
    expect((await trunkline('clean').ended).code).toBe(1)
    expect(alive(pids)).toEqual(pids)

    process.kill(-(child.pid ?? 0), 'SIGINT')
    expect(await ended).toMatchObject({ code: 0 })
    expect(alive(pids)).toEqual([])
    expect(existsSync(join(runDir, 'stack.json'))).toBe(false)
    const others = readRunningStack().stack.processes.map(({ pid }) => pid)
    expect(alive(others)).toEqual(others)
    expect((await trunkline('status').ended).output).toContain('nothing runs')
  })

  it('says which part died, shows its last lines and ends the others', async () => {
    const { ended, stack: own } = await start()
    const pids = own.processes.map(({ pid }) => pid)
    const victim = own.processes.find(({ name }) => name === 'orchestrator')
    process.kill(victim?.pid ?? 0, 'SIGKILL')
    const { code, output } = await ended
    expect(code).toBe(1)
    expect(output).toMatch(
      /orchestrator was ended by SIGKILL; its last lines:\n {2}\{[\s\S]*listening/,
    )
    expect(alive(pids)).toEqual([])
  })

  it('names every port in use together with the part that wants it', async () => {
    const { code, output } = await trunkline('up', { beside: 0 }).ended
    expect(code).toBe(1)
    for (const name of ['redis', 'livekit-server', 'speech', 'llm', 'orchestrator', 'agent']) {
      expect(output).toMatch(new RegExp(`\\d/(tcp|udp) {2}wanted by ${name}\\n`))
    }
    expect(existsSync(join(runDir, 'processes.json'))).toBe(false)
  })
})

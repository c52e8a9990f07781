import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Environment } from '../settings/settings.ts'
import { readLastLines } from './log-tail.ts'
import { type Probe, probe } from './probe.ts'
import { endGroup, type StopStep } from './process-group.ts'

/** One process of the stack, ready to be started. */
export interface PartSpec {
  readonly name: string
  /** Position in the stack: parts are ended from the highest to the lowest. */
  readonly order: number
  /** Parts that must be ready first. */
  readonly needs: readonly string[]
  readonly command: string
  readonly args: readonly string[]
  readonly env: Environment
  readonly cwd: string
  readonly log: string
  readonly ready: Probe
  readonly readyTimeoutMs: number
  readonly stop?: readonly StopStep[]
  /** Name of the container the command runs, which a killed client would leave behind. */
  readonly container?: string
}

/** A part that did not start or that ended by itself; `message` is ready to print, with its last lines. */
export class PartError extends Error {
  override readonly name = 'PartError'
  readonly part: string

  constructor(part: string, what: string, lastLines: readonly string[]) {
    const log = lastLines.length > 0 ? `its last lines:\n  ${lastLines.join('\n  ')}` : 'no output'
    super(`${part} ${what}; ${log}`)
    this.part = part
  }
}

export interface RunningPart {
  readonly name: string
  readonly pid: number
  readonly log: string
}

interface Child {
  readonly spec: PartSpec
  readonly process: ChildProcess
  readonly pid: number
}

/**
 * Owns the stack's processes. Each part leads a process group of its own, so a Ctrl-C in the terminal
 * reaches only the supervisor, and a part's own children end with it.
 */
export class Supervisor {
  readonly #children: Child[] = []
  readonly #stopping = new AbortController()
  readonly #hurry = new AbortController()
  readonly #onChange: () => void
  #stopped: Promise<void> | undefined
  #reportDeath: (error: PartError) => void = () => {}

  /** Rejects with a `PartError` when a part ends that nobody stopped; otherwise it stays pending. */
  readonly death: Promise<never>

  /** `onChange` is called after every start, before anything can go wrong with it. */
  constructor({ onChange = () => {} }: { onChange?: () => void } = {}) {
    this.#onChange = onChange
    this.death = new Promise((_resolve, reject) => {
      this.#reportDeath = reject
    })
    this.death.catch(() => {}) // whoever cares awaits it
  }

  get parts(): readonly RunningPart[] {
    return this.#children.map(({ spec, pid }) => ({ name: spec.name, pid, log: spec.log }))
  }

  get containers(): readonly string[] {
    return this.#children.flatMap(({ spec }) => spec.container ?? [])
  }

  /**
   * Starts a part and waits until it is ready.
   * @throws {PartError} when it ends or is not ready in time; the reason of `signal` when that aborts
   */
  async start(spec: PartSpec, { signal }: { signal: AbortSignal }): Promise<void> {
    signal.throwIfAborted()
    const child = await this.#spawn(spec)
    const limited = AbortSignal.any([signal, this.#stopping.signal])
    const waiting = new AbortController()
    const ended = once(child.process, 'exit', { signal: waiting.signal })
    const ready = this.#untilReady(spec, AbortSignal.any([limited, waiting.signal]))
    try {
      // Its end is reported by `death` too: whoever starts it learns from here.
      const how = await Promise.race([ready, ended.then(() => 'ended' as const)])
      if (how === 'ended') throw this.#error(child, describeEnd(child.process))
    } finally {
      waiting.abort()
      await Promise.allSettled([ready, ended])
    }
  }

  /** Ends every part, from the last of the stack to the first. A second call with `hurry` kills what is still there. */
  stop({ hurry = false }: { hurry?: boolean } = {}): Promise<void> {
    if (hurry) this.#hurry.abort()
    this.#stopped ??= this.#stopAll()
    return this.#stopped
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort(new Error('the stack is being stopped'))
    const last = this.#children.toSorted((one, other) => other.spec.order - one.spec.order)
    for (const { spec, pid } of last) {
      await endGroup(pid, { ...(spec.stop && { steps: spec.stop }), hurry: this.#hurry.signal })
      if (spec.container) removeContainer(spec.container)
    }
  }

  async #spawn(spec: PartSpec): Promise<Child> {
    mkdirSync(dirname(spec.log), { recursive: true })
    const log = openSync(spec.log, 'w', 0o600)
    try {
      const started = spawn(spec.command, [...spec.args], {
        cwd: spec.cwd,
        env: { ...spec.env },
        stdio: ['ignore', log, log],
        detached: true,
      })
      const failed = once(started, 'error')
      if (started.pid === undefined) {
        const [error] = await failed
        throw new PartError(spec.name, `cannot be run: ${String(error)}`, [])
      }
      const child = { spec, process: started, pid: started.pid }
      started.once('exit', () => {
        if (this.#stopping.signal.aborted) return
        this.#reportDeath(this.#error(child, describeEnd(started)))
      })
      this.#children.push(child)
      this.#onChange()
      return child
    } finally {
      closeSync(log)
    }
  }

  async #untilReady(spec: PartSpec, signal: AbortSignal): Promise<'ready'> {
    const giveUpAt = performance.now() + spec.readyTimeoutMs
    for (;;) {
      const answer = await probe(spec.ready, signal)
      if (answer === undefined) return 'ready'
      if (performance.now() > giveUpAt) {
        const seconds = Math.round(spec.readyTimeoutMs / 1000)
        const what = `was not ready within ${seconds} s (${answer})`
        throw new PartError(spec.name, what, readLastLines(spec.log, 15))
      }
      await sleep(50, undefined, { signal })
    }
  }

  #error(child: Child, what: string): PartError {
    return new PartError(child.spec.name, what, readLastLines(child.spec.log, 15))
  }
}

function describeEnd({ exitCode, signalCode }: ChildProcess): string {
  return signalCode ? `was ended by ${signalCode}` : `ended with code ${exitCode}`
}

function removeContainer(name: string): void {
  spawnSync('docker', ['rm', '--force', name], { stdio: 'ignore', timeout: 15_000 })
}

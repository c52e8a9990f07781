import { SpeechError } from '../errors.ts'
import type { FromWorker } from './messages.ts'
import { startWorkerThread, type WorkerThread } from './worker-thread.ts'

export interface WorkerPoolOptions {
  readonly script: URL
  readonly size: number
  /** Jobs that may wait; more are refused as `overloaded`. */
  readonly maxWaiting: number
  /** A thread that works longer on one job is replaced. */
  readonly jobTimeoutMs: number
  /** Told of each thread that died without being asked to. */
  readonly onCrash?: (cause: unknown) => void
}

export interface RunOptions {
  readonly signal?: AbortSignal
  readonly transfer?: readonly ArrayBuffer[]
  /** May be dropped (`preempted`) when another job would have to wait. Never waits itself. */
  readonly preemptible?: boolean
}

interface Task<Job, Result> {
  readonly id: number
  readonly job: Job
  readonly transfer: readonly ArrayBuffer[]
  readonly preemptible: boolean
  isCancelled: boolean
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

interface Seat<Job, Result> {
  thread: WorkerThread<Job>
  /** `busy` outlives the caller's interest: the thread is free when it has answered. */
  state:
    | { kind: 'starting' }
    | { kind: 'free' }
    | { kind: 'busy'; task: Task<Job, Result>; watchdog: NodeJS.Timeout }
    | { kind: 'gone' }
  crashes: number
}

const maxRestartDelayMs = 5_000

/** Threads of one script. Each runs one job at a time; one that dies is replaced and its job fails as `unavailable`. */
export class WorkerPool<Job, Result> {
  readonly #options: WorkerPoolOptions
  readonly #seats: Seat<Job, Result>[] = []
  readonly #waiting: Task<Job, Result>[] = []
  readonly #firstReady: Deferred
  #nextId = 1
  #closed = false

  constructor(options: WorkerPoolOptions) {
    this.#options = options
    this.#firstReady = createDeferred()
    for (let index = 0; index < options.size; index += 1) this.#seats.push(this.#takeSeat())
  }

  /** Resolves when every thread has loaded what it needs; rejects when one cannot. */
  ready(): Promise<void> {
    return this.#firstReady.promise
  }

  /** Threads that would start a job at once. */
  get free(): number {
    return this.#seats.filter(({ state }) => state.kind === 'free').length
  }

  /** Threads that are not dead. */
  get alive(): number {
    return this.#seats.filter(({ state }) => state.kind === 'free' || state.kind === 'busy').length
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** @throws {SpeechError} `unavailable`, `overloaded`, `stalled` or `preempted`; or the signal's reason */
  run(job: Job, { signal, transfer = [], preemptible = false }: RunOptions = {}): Promise<Result> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#closed) return Promise.reject(new SpeechError('unavailable', 'server is closing'))
    if (preemptible && this.free === 0) {
      return Promise.reject(new SpeechError('preempted', 'no worker is free'))
    }
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new SpeechError('overloaded', 'too many requests are waiting'))
    }
    return new Promise<Result>((resolve, reject) => {
      const listening = new AbortController()
      const settle =
        <Value>(finish: (value: Value) => void) =>
        (value: Value) => {
          listening.abort()
          finish(value)
        }
      const id = this.#nextId++
      const task: Task<Job, Result> = {
        id,
        job,
        transfer,
        preemptible,
        isCancelled: false,
        resolve: settle(resolve),
        reject: settle(reject),
      }
      signal?.addEventListener('abort', () => this.#cancel(task, signal.reason), {
        signal: listening.signal,
      })
      this.#waiting.push(task)
      this.#assign()
      if (this.#waiting.length > 0) this.#preempt()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    const error = new SpeechError('unavailable', 'server is closing')
    this.#firstReady.reject(error)
    for (const task of this.#waiting.splice(0)) task.reject(error)
    await Promise.all(
      this.#seats.map(async ({ state, thread }) => {
        if (state.kind === 'busy') state.task.reject(error)
        await thread.terminate()
      }),
    )
  }

  #takeSeat(): Seat<Job, Result> {
    const seat: Seat<Job, Result> = {
      thread: this.#start(() => seat),
      state: { kind: 'starting' },
      crashes: 0,
    }
    return seat
  }

  #start(seatOf: () => Seat<Job, Result>): WorkerThread<Job> {
    return startWorkerThread<Job, Result>({
      script: this.#options.script,
      onMessage: (message) => this.#receive(seatOf(), message),
      onGone: (cause) => this.#replace(seatOf(), cause),
    })
  }

  #receive(seat: Seat<Job, Result>, message: FromWorker<Result>): void {
    if (seat.state.kind === 'busy' && message.kind !== 'ready') {
      const { task, watchdog } = seat.state
      clearTimeout(watchdog)
      seat.crashes = 0
      if (message.kind === 'done') task.resolve(message.result)
      else task.reject(new Error(message.message))
    }
    seat.state = { kind: 'free' }
    if (this.alive === this.#seats.length) this.#firstReady.resolve()
    this.#assign()
  }

  #replace(seat: Seat<Job, Result>, cause: unknown): void {
    if (this.#closed) return
    this.#options.onCrash?.(cause)
    const wasBusy = seat.state
    if (wasBusy.kind === 'starting') this.#firstReady.reject(cause)
    seat.state = { kind: 'gone' }
    if (wasBusy.kind === 'busy') {
      clearTimeout(wasBusy.watchdog)
      wasBusy.task.reject(new SpeechError('unavailable', 'the speech worker died', { cause }))
    }
    const delayMs = Math.min(maxRestartDelayMs, 50 * 2 ** seat.crashes)
    seat.crashes += 1
    setTimeout(() => {
      if (this.#closed) return
      seat.state = { kind: 'starting' }
      seat.thread = this.#start(() => seat)
    }, delayMs).unref()
  }

  #assign(): void {
    for (const seat of this.#seats) {
      if (seat.state.kind !== 'free') continue
      const task = this.#waiting.shift()
      if (!task) return
      const watchdog = setTimeout(() => {
        task.reject(new SpeechError('stalled', 'the speech worker did not answer in time'))
        void seat.thread.terminate()
      }, this.#options.jobTimeoutMs)
      watchdog.unref()
      seat.state = { kind: 'busy', task, watchdog }
      seat.thread.post({ kind: 'run', id: task.id, job: task.job }, task.transfer)
    }
  }

  #preempt(): void {
    for (const { state } of this.#seats) {
      if (state.kind !== 'busy' || !state.task.preemptible || state.task.isCancelled) continue
      this.#cancel(state.task, new SpeechError('preempted', 'gave way to a final'))
      return
    }
  }

  #cancel(task: Task<Job, Result>, reason: unknown): void {
    task.isCancelled = true
    task.reject(reason)
    const index = this.#waiting.indexOf(task)
    if (index >= 0) this.#waiting.splice(index, 1)
    for (const { state, thread } of this.#seats) {
      if (state.kind === 'busy' && state.task === task) {
        thread.post({ kind: 'cancel', id: task.id }, [])
      }
    }
  }
}

interface Deferred {
  readonly promise: Promise<void>
  resolve(): void
  reject(error: unknown): void
}

function createDeferred(): Deferred {
  let resolve: () => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<void>((onDone, onFailure) => {
    resolve = onDone
    reject = onFailure
  })
  // Nobody may be waiting for it when it fails.
  promise.catch(() => undefined)
  return { promise, resolve: () => resolve(), reject: (error) => reject(error) }
}

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { freePort, startProcess, untilReady } from '@trunkline/testkit'

export interface WorkerProcess {
  /** Of the health server. */
  readonly url: string
  /** Process ids of job processes: one per call, and one that waits for the next. */
  jobs(): readonly number[]
  output(): string
  signal(signal: NodeJS.Signals): void
  /** Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Runs `src/main.ts` as a process of its own until it is ready for calls. */
export async function startWorkerProcess(
  env: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const [httpPort, metricsPort] = await Promise.all([freePort(), freePort()])
  const worker = startProcess(
    process.execPath,
    [
      ...['--import', '@trunkline/telemetry/register'],
      fileURLToPath(new URL('../src/main.ts', import.meta.url)),
    ],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        AGENT_HTTP_PORT: String(httpPort),
        AGENT_METRICS_PORT: String(metricsPort),
        AGENT_IDLE_PROCESSES: '1',
        ...env,
      },
    },
  )
  const url = `http://127.0.0.1:${metricsPort}`
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await untilReady(worker, { isReady, timeoutMs: 60_000 })
  return {
    url,
    jobs: () => childrenOf(worker.child.pid ?? -1).filter(isJob),
    output: () => worker.output(),
    signal: (signal) => void worker.child.kill(signal),
    async stop(signal) {
      await worker.stop(signal)
      return worker.child.exitCode
    },
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[1] === String(parent))
}

function isJob(pid: number): boolean {
  return read(`/proc/${pid}/cmdline`).includes('job_proc')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // the process has ended meanwhile
  }
}

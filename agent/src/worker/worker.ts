import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AgentServer, initializeLogger, ServerOptions } from '@livekit/agents'
import { WorkerMessage, WorkerStatus } from '@livekit/protocol'
import { createDisposalStack, inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Config } from '../config.ts'
import { createAdmission, type Refusal } from './admission.ts'
import { watchIdle } from './idle-processes.ts'
import { reachJobPool } from './job-pool.ts'
import type { JobFault } from './job-watch.ts'
import { measureLoopDelay } from './loop-delay.ts'
import { requirePort } from './require-port.ts'
import { watchJobs } from './watch-jobs.ts'

export interface Worker {
  /** Calls under way. */
  activeJobs(): number
  /** Why no call may come now, or undefined when one may. */
  unreadyReason(): Promise<string | undefined>
  /** Takes no new calls and lets those under way end, for at most the longest call. */
  close(): Promise<void>
}

export interface WorkerDeps {
  readonly logger: Logger
  /** Told when the worker cannot go on. */
  readonly onFailed: (error: unknown) => void
  /** Told of each job that livekit-server has offered. */
  readonly onAnswered: (answer: 'accepted' | Refusal) => void
  readonly onFault: (fault: JobFault) => void
}

/** After being asked to stop, a job process gets this long before it is killed. */
const shutdownProcessMs = 10_000
/** A process of a loaded machine with 2 cores takes 4 s to import agents-js. */
const initializeProcessMs = 60_000
/** Of the memory limit; agents-js then warns. */
const memoryWarning = 0.75
const drainStepMs = 50

const refusals: Readonly<Record<Refusal, string>> = {
  full: 'no free slot',
  late: 'the event loop is late',
  draining: 'draining',
}

/**
 * Starts the LiveKit worker in production mode: agents-js' development mode reaches out to LiveKit's cloud.
 * @throws {Error} when the port of agents-js' own HTTP is taken
 */
export async function startWorker(config: Config, deps: WorkerDeps): Promise<Worker> {
  const { logger, onFailed } = deps
  // agents-js listens after its processes have started, and falls over an error that it does not expect.
  await requirePort('AGENT_HTTP_PORT', config.worker)
  initializeLogger({ pretty: false, level: 'warn' })
  const stack = createDisposalStack()
  let closing = false
  let isWarm = false
  const reportFault = (fault: JobFault, jobId: string) => {
    logger.error({ jobId, fault }, 'a job does not work and is given up')
    deps.onFault(fault)
  }
  await reachJobPool((pool) => {
    watchIdle(pool.warmedProcQueue, {
      mayReplace: () => !closing,
      onWarm: () => {
        isWarm = true
      },
      onReplaced: () => logger.warn('an idle process has exited and is replaced'),
    })
    const watching = watchJobs({
      pool,
      onTick: () => {
        for (const jobId of admission.overdue()) reportFault('orphaned', jobId)
      },
      onFault: (fault, { jobId }) => reportFault(fault, jobId),
    })
    stack.defer(() => watching.close())
  })
  const loopDelay = measureLoopDelay()
  stack.defer(() => loopDelay.close())
  const admission = createAdmission({
    slots: config.worker.slots,
    running: () => server.activeJobs.map(({ job }) => job.id),
    isLate: () => loopDelay.isLate,
    isDraining: () => closing,
    now: () => performance.now(),
  })
  const server = new AgentServer(
    new ServerOptions({
      agent: fileURLToPath(new URL('../job.ts', import.meta.url)),
      agentName: config.worker.name,
      production: true,
      wsURL: config.livekit.url,
      apiKey: config.livekit.apiKey,
      apiSecret: config.livekit.apiSecret,
      host: config.worker.host,
      port: config.worker.port,
      logLevel: 'warn',
      numIdleProcesses: config.worker.idleProcesses,
      initializeProcessTimeout: initializeProcessMs,
      shutdownProcessTimeout: shutdownProcessMs,
      drainTimeout: config.maxCallMs,
      jobMemoryWarnMB: Math.round(config.worker.jobMemoryMb * memoryWarning),
      jobMemoryLimitMB: config.worker.jobMemoryMb,
      loadThreshold: 1,
      loadFunc: async () => admission.load(),
      requestFunc: async (request) => {
        const refusal = admission.take(request.id)
        deps.onAnswered(refusal ?? 'accepted')
        if (!refusal) return request.accept()
        logger.warn({ jobId: request.id, refusal }, 'job refused')
        await request.reject()
      },
      // livekit-server may restart for longer than agents-js would try by itself.
      maxRetry: Number.MAX_SAFE_INTEGER,
    }),
  )
  inBackground(
    server.run().catch((error: unknown) => {
      if (!closing) onFailed(error)
    }),
    { onError: onFailed },
  )
  const healthUrl = `http://${toReachable(config.worker.host)}:${config.worker.port}/`

  return {
    activeJobs: () => server.activeJobs.length,
    async unreadyReason() {
      const refusal = admission.refusal()
      if (refusal) return refusals[refusal]
      if (!isWarm) return 'no process is warm yet'
      try {
        const response = await fetch(healthUrl, { signal: AbortSignal.timeout(1000) })
        return response.ok ? undefined : await response.text()
      } catch {
        return 'the worker does not answer' // still starting: its inference process comes first
      }
    },
    async close() {
      closing = true
      logger.info({ activeJobs: server.activeJobs.length }, 'draining: no new calls')
      const full = { load: 1, status: WorkerStatus.WS_FULL }
      server.event.emit(
        'worker_msg',
        new WorkerMessage({ message: { case: 'updateWorker', value: full } }),
      )
      // agents-js ends its idle processes and waits for those with a call as they are now: a job that is on its way
      // would be sent to a process that ends.
      while (admission.coming() > 0) await sleep(drainStepMs)
      await server.drain().catch((error: unknown) => {
        logger.warn({ err: error }, 'calls did not end in time')
      })
      await server.close()
      await stack.close()
    },
  }
}

function toReachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '[::1]' : host
}

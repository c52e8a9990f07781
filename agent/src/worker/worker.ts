import { fileURLToPath } from 'node:url'
import { AgentServer, initializeLogger, ServerOptions } from '@livekit/agents'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Config } from '../config.ts'
import { createAdmission } from './admission.ts'
import { replaceIdleProcesses } from './idle-processes.ts'

export interface Worker {
  /** Calls under way. */
  activeJobs(): number
  /** Why no call may come now, or undefined when one may. */
  unreadyReason(): Promise<string | undefined>
  /** Takes no new calls and lets those under way end, for at most the longest call. */
  close(): Promise<void>
}

/** After being asked to stop, a job process gets this long before it is killed. */
const shutdownProcessMs = 10_000
/** A process of a loaded machine with 2 cores takes 4 s to import agents-js. */
const initializeProcessMs = 60_000

/** Starts the LiveKit worker in production mode: agents-js' development mode reaches out to LiveKit's cloud. */
export async function startWorker(
  config: Config,
  { logger, onFailed }: { logger: Logger; onFailed: (error: unknown) => void },
): Promise<Worker> {
  initializeLogger({ pretty: false, level: 'warn' })
  await replaceIdleProcesses({
    onExit: () => logger.warn('an idle process has exited and is replaced'),
  })
  let closing = false
  const running = () => server.activeJobs.map(({ job }) => job.id)
  const admission = createAdmission({
    slots: config.worker.slots,
    running,
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
      loadThreshold: 1,
      loadFunc: async () => admission.load(),
      requestFunc: async (request) => {
        if (admission.take(request.id)) return request.accept()
        logger.warn({ jobId: request.id }, 'job refused, no free slot')
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
      if (closing) return 'draining'
      if (admission.load() >= 1) return 'no free slot'
      try {
        const response = await fetch(healthUrl, { signal: AbortSignal.timeout(1000) })
        return response.ok ? undefined : await response.text()
      } catch {
        return 'the worker does not answer' // still starting: its inference process comes first
      }
    },
    async close() {
      closing = true
      await server.drain().catch((error: unknown) => {
        logger.warn({ err: error }, 'calls did not end in time')
      })
      await server.close()
    },
  }
}

function toReachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '[::1]' : host
}

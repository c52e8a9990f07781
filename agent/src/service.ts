import { buildOrClose, type DisposalStack, inBackground } from '@trunkline/runtime'
import { healthRoutes, type Logger } from '@trunkline/telemetry'
import fastify from 'fastify'
import type { Config } from './config.ts'
import { createMetrics } from './metrics.ts'
import { keepRecordings } from './recording/keep-recordings.ts'
import { createSynthesizer } from './speaking/synthesizer.ts'
import { createDiskGauge } from './spoken-lines/disk-gauge.ts'
import { type FillOptions, keepDiskFilled } from './spoken-lines/fill-disk.ts'
import { createLineMemory } from './spoken-lines/line-memory.ts'
import { fetchLines, rememberLines } from './spoken-lines/line-source.ts'
import { createSpokenLines } from './spoken-lines/spoken-lines.ts'
import { startWorker, type Worker } from './worker/worker.ts'

export interface Service {
  /** Of `/healthz`, `/readyz` and `/metrics`. */
  readonly url: string
  close(): Promise<void>
  /** To be told of a signal that comes while it closes: says in the log why it goes on. */
  stillClosing(signal: string): void
}

export interface Deps {
  readonly logger: Logger
  /** Told when the worker cannot go on; the process is then of no use. */
  readonly onFailed?: (error: unknown) => void
}

/** Starts the worker and its health server. @throws when that one's port is taken */
export function createService(config: Config, deps: Deps): Promise<Service> {
  return buildOrClose((stack) => startService(config, { ...deps, stack }))
}

async function startService(
  config: Config,
  {
    logger,
    stack,
    onFailed = (error) => logger.error({ err: error }, 'worker failed'),
  }: Deps & { readonly stack: DisposalStack },
): Promise<Service> {
  let started: Worker | undefined
  const metrics = createMetrics({
    slots: config.worker.slots,
    activeJobs: () => started?.activeJobs() ?? 0,
  })
  const { orchestrator } = config
  const recordings = keepRecordings(config.recording, { orchestrator, logger })
  stack.defer(() => recordings.close())
  const app = fastify({ logger: false, forceCloseConnections: true })
  // Closed last: while calls drain, their worker is still watched and scraped.
  stack.defer(() => app.close())
  const unreadyReason = async () => (started ? started.unreadyReason() : 'the worker is starting')
  await app.register(healthRoutes({ registry: metrics.registry, unreadyReason }))
  // Before the worker, which takes calls from its first moment.
  const url = await app.listen(config.http)
  const worker = await startWorker(config, {
    ...{ logger, onFailed },
    onAnswered: metrics.jobAnswered,
    onFault: metrics.jobFailed,
  })
  stack.defer(() => worker.close())
  started = worker
  keepLines(config, { logger, stack, onFilled: createDiskGauge(metrics.registry) })
  return {
    url,
    close: () => stack.close(),
    stillClosing(signal) {
      const limits = { activeJobs: worker.activeJobs(), limitMs: config.maxCallMs }
      logger.warn({ signal, ...limits }, 'still draining: calls end by themselves or at the limit')
    },
  }
}

/** Keeps on disk what the lines always say, and what is to be known of them when no orchestrator is there. */
function keepLines(
  { orchestrator, tts, spokenLines, lineMemory }: Config,
  {
    logger,
    stack,
    onFilled,
  }: Required<Pick<FillOptions, 'onFilled'>> & { logger: Logger; stack: DisposalStack },
): void {
  const closing = new AbortController()
  const { signal } = closing
  const synthesizer = createSynthesizer({ url: tts.url })
  const lines = createSpokenLines(spokenLines)
  const memory = createLineMemory(lineMemory)
  const wanted = async () => rememberLines(await fetchLines(orchestrator, { signal }), { memory })
  stack.defer(() => synthesizer.close())
  stack.defer(() => closing.abort())
  inBackground(keepDiskFilled({ wanted, lines, synthesizer, logger, signal, onFilled }), {
    signal,
    onError: (error) => logger.error({ err: error }, 'fixed words are not kept any more'),
  })
}

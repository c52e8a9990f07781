import { dispose } from '@livekit/rtc-node'
import { buildOrClose, type DisposalStack, inBackground } from '@trunkline/runtime'
import { createRegistry, healthRoutes, type Logger } from '@trunkline/telemetry'
import fastify from 'fastify'
import type { Config } from '../config.ts'
import { createSynthesizer } from '../speaking/synthesizer.ts'
import { createDiskGauge } from '../spoken-lines/disk-gauge.ts'
import { keepDiskFilled } from '../spoken-lines/fill-disk.ts'
import { createSpokenLines } from '../spoken-lines/spoken-lines.ts'
import { apologies } from './apologies.ts'
import { createJobSource } from './job-source.ts'
import { sayLastWords } from './say-last-words.ts'

export interface LastWordsService {
  /** Of `/healthz`, `/readyz` and `/metrics`. */
  readonly url: string
  close(): Promise<void>
}

/** Rooms at once: speaking from disk costs little, and all calls of a node may be lost together. */
const maxJobs = 100

/** The worker of the last words: needs livekit-server and its disk; the tts-router only to fill that beforehand. */
export function createLastWords(
  config: Config,
  { logger }: { logger: Logger },
): Promise<LastWordsService> {
  return buildOrClose((stack) => startLastWords(config, { logger, stack }))
}

async function startLastWords(
  config: Config,
  { logger, stack }: { logger: Logger; stack: DisposalStack },
): Promise<LastWordsService> {
  const closing = new AbortController()
  const lines = createSpokenLines(config.spokenLines)
  const synthesizer = createSynthesizer({ url: config.tts.url })
  stack.defer(() => dispose())
  stack.defer(() => synthesizer.close())

  const { signal } = closing
  const registry = createRegistry()
  const onFilled = createDiskGauge(registry)
  const wanted = async () => apologies
  inBackground(keepDiskFilled({ wanted, lines, synthesizer, logger, signal, onFilled }), {
    signal,
    onError: (error) => logger.error({ err: error }, 'apologies are missing'),
  })

  const source = createJobSource({
    livekit: config.livekit,
    agentName: config.lastWords.name,
    maxJobs,
    onJob: (job, { signal }) => sayLastWords(job, { lines, logger, signal }),
    logger,
  })
  const app = fastify({ logger: false, forceCloseConnections: true })
  stack.defer(() => app.close())
  stack.defer(() => source.close())
  stack.defer(() => closing.abort())
  await app.register(
    healthRoutes({
      registry,
      unreadyReason: async () => (source.isRegistered ? undefined : 'not registered'),
    }),
  )
  const url = await app.listen({ host: config.http.host, port: config.lastWords.port })
  return { url, close: () => stack.close() }
}

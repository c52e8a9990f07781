import { buildOrClose, closeHttp, type DisposalStack } from '@trunkline/runtime'
import { healthRoutes, type Logger } from '@trunkline/telemetry'
import fastify from 'fastify'
import { createAudioCache } from './audio-cache.ts'
import type { Config } from './config.ts'
import type { TtsEngine } from './engines/engine.ts'
import { createRivaEngine } from './engines/riva/riva-engine.ts'
import { synthesisRoutes } from './http.ts'
import { createMetrics } from './metrics.ts'
import { createSynthesizer } from './synthesizer.ts'
import { createVoiceList } from './voice-list.ts'

export interface Service {
  readonly url: string
  close(): Promise<void>
}

export interface Deps {
  readonly logger: Logger
  readonly engine?: TtsEngine
}

/** Builds the router and listens. @throws when its port is taken */
export function createService(config: Config, deps: Deps): Promise<Service> {
  return buildOrClose((stack) => startService(config, { ...deps, stack }))
}

async function startService(
  config: Config,
  { logger, engine, stack }: Deps & { readonly stack: DisposalStack },
): Promise<Service> {
  const metrics = createMetrics()
  const usedEngine = engine ?? createRivaEngine(config.riva)
  stack.defer(() => usedEngine.close())
  const cache = createAudioCache({ ...config.redis, ...config.cache, logger })
  stack.defer(() => cache.close())
  const voices = createVoiceList(usedEngine, { now: () => performance.now() })
  const synthesizer = createSynthesizer({ engine: usedEngine, voices, cache, metrics })

  const app = fastify({ logger: false, bodyLimit: 64 * 1024, forceCloseConnections: 'idle' })
  stack.defer(() => closeHttp(app, { drainMs: 2_000 }))
  const unreadyReason = async () => {
    try {
      const list = await voices.all(AbortSignal.timeout(2_000))
      return list.length === 0 ? 'the engine has no voices' : undefined
    } catch {
      return 'the engine does not answer' // the probe repeats; its error is logged where calls fail
    }
  }
  await app.register(healthRoutes({ registry: metrics.registry, unreadyReason }))
  await app.register(
    synthesisRoutes({ synthesizer, voices, engineName: usedEngine.name, metrics, logger }),
  )
  const url = await app.listen(config.http)
  return { url, close: () => stack.close() }
}

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createDisposalStack, epochNow, runMain } from '@trunkline/runtime'
import { createLogger, createRegistry } from '@trunkline/telemetry'
import { createFrontDesk } from '../../src/front-desk.ts'
import { createMetrics } from '../../src/metrics.ts'
import { createService, readConfig } from '../../src/service.ts'
import { confirmation } from './booking-model.ts'

/**
 * The orchestrator, which dies by its own hand where KILL_FILE says; the file is removed first, so that it dies once.
 * Everything else is the product's.
 */
function dieAt(point: string): void {
  const file = process.env['KILL_FILE'] ?? ''
  if (!existsSync(file) || readFileSync(file, 'utf8') !== point) return
  rmSync(file)
  process.kill(process.pid, 'SIGKILL')
}

await runMain(async () => {
  const config = readConfig(process.env)
  const logger = createLogger('orchestrator', config.log)
  const stack = createDisposalStack()
  const frontDesk = await createFrontDesk(config, {
    ...{ logger, stack, now: epochNow, onLateEffect: () => {} },
    metrics: createMetrics(createRegistry({ defaults: false }), { models: [config.llm.model] }),
    onEffectProgress: dieAt,
  })
  const { dialogue } = frontDesk
  const service = await createService(config, {
    logger,
    frontDesk: {
      ...frontDesk,
      dialogue: {
        async *streamTurn(turn, options) {
          for await (const event of dialogue.streamTurn(turn, options)) {
            if (event.type === 'sentence' && confirmation.test(event.text)) dieAt('say')
            yield event
          }
        },
      },
    },
    rooms: {
      delete: async () => {},
      list: async () => [],
      has: async () => true,
      participants: async () => [],
      removeParticipant: async () => {},
      endSipCall: async () => false,
      noteSipLeg() {},
      sweepJobKeys: async () => 0,
      close() {},
    },
  })
  return {
    async close() {
      await service.close()
      await stack.close()
    },
  }
})

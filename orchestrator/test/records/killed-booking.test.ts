import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import {
  createSimulatedAgent,
  needs,
  startNodeService,
  startPostgres,
  startRedis,
} from '@trunkline/testkit'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/database/database.ts'
import { effects, reservations } from '../../src/database/schema.ts'
import { logger } from '../database/test-database.ts'
import { confirmation, startBookingModel } from './booking-model.ts'
import { newDataDir } from './test-records.ts'

/** How often each point is tried; RUNS=50 is what issue 4 asks for. */
const runs = Number(process.env['RUNS'] ?? 2)
const dayMs = 86_400_000
const dateOf = (day: number) => new Date(Date.now() + day * dayMs).toISOString().slice(0, 10)

/** In the order in which a booking passes them (src/database/effect-ledger.ts); `say` is the confirmation. */
const points = ['begun', 'pending', 'performed', 'marked', 'committed', 'say'] as const

describe('a booking whose orchestrator is killed', needs(['redis', 'postgres']), () => {
  const stack = createDisposalStack()
  let start: () => Promise<{
    orchestrator: Awaited<ReturnType<typeof startNodeService>>
    killFile: string
    database: Awaited<ReturnType<typeof openDatabase>>
  }>
  let parts: Awaited<ReturnType<typeof start>>
  let round = 0
  beforeAll(async () => {
    start = async () => {
      const redis = await startRedis()
      stack.defer(() => redis.stop())
      const postgres = await startPostgres()
      stack.defer(() => postgres.stop())
      const model = await startBookingModel()
      stack.defer(() => model.close())
      const dataDir = await newDataDir()
      const killFile = join(dataDir, 'kill')
      const orchestrator = await startNodeService({
        main: join(import.meta.dirname, 'killed-orchestrator.ts'),
        portVariable: 'ORCHESTRATOR_PORT',
        env: {
          ...{ REDIS_URL: redis.url, DATABASE_URL: postgres.url, DATA_DIR: dataDir },
          ...{ LLM_SERVICE_URL: model.url, LLM_MODEL: 'test-model', LOG_LEVEL: 'warn' },
          LINES_DIR: join(import.meta.dirname, '../../../lines'),
          ...{
            LIVEKIT_API_KEY: 'devkey',
            LIVEKIT_API_SECRET: 'secret-of-more-than-32-characters-',
          },
          ...{ AGENT_TOKEN: 'agent-token-for-tests', OPERATOR_TOKEN: 'operator-token-for-tests' },
          KILL_FILE: killFile,
        },
      })
      stack.defer(() => orchestrator.stop())
      const database = await openDatabase({ databaseUrl: postgres.url, dataDir, logger })
      stack.defer(() => database.close())
      return { orchestrator, killFile, database }
    }
    parts = await start()
  })
  afterAll(() => stack.close())

  it.each(points)(
    `at "%s" is made once and confirmed once, ${runs} times`,
    async (point) => {
      const { orchestrator, killFile, database } = parts
      for (let run = 0; run < runs; run += 1) {
        round += 1
        const guest = `guest${'abcdefghij'[round % 10]}${round}`
        const name = `${process.pid}-${round}`
        const agent = createSimulatedAgent({
          ...{ url: orchestrator.url, token: 'agent-token-for-tests' },
          job: {
            room: `call_100_${name}`,
            roomSid: `RM_${name}`,
            jobId: `AJ_${name}`,
            metadata: '',
          },
        })
        await agent.welcome
        writeFileSync(killFile, point)
        const turnId = agent.turn(
          `book from ${dateOf(9 + round)} to ${dateOf(10 + round)} for ${guest}`,
        )
        while (orchestrator.isRunning) await new Promise((resolve) => setTimeout(resolve, 5))
        await orchestrator.restart()
        await agent.until(
          () => agent.isFinished(turnId) && agent.played.some((one) => one.turnId === turnId),
        )
        const said = agent.played.filter(({ text }) => confirmation.test(text))
        const booked = await database.client
          .select()
          .from(reservations)
          .where(eq(reservations.guestName, guest))
        expect({ point, run, booked: booked.length, said: said.length }).toEqual({
          ...{ point, run, booked: 1, said: 1 },
        })
        expect(confirmation.exec(said[0]?.text ?? '')?.[1]).toBe(booked[0]?.number)
        expect(agent.conflicts).toEqual([])
        const [ledger] = await database.client
          .select()
          .from(effects)
          .where(eq(effects.key, booked[0]?.effectKey ?? ''))
        expect(ledger?.state).toBe('committed')
        agent.close()
      }
    },
    60_000 + runs * 20_000,
  )
})

import type { Line } from '@trunkline/contracts'
import type { DisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { createClaimJudge } from './claims/judge-claims.ts'
import type { Config } from './config.ts'
import { type Database, openDatabase } from './database/database.ts'
import { createEffectLedger, type EffectLedgerOptions } from './database/effect-ledger.ts'
import { createDialogue, type LateEffect, type ModelCheck } from './dialogue/create-dialogue.ts'
import type { Dialogue } from './dialogue/dialogue.ts'
import { startHotelSync } from './hotel/hotels.ts'
import { createHotelTools } from './hotel/tools/hotel-tools.ts'
import { createLineStore } from './lines/create-line-store.ts'
import type { LineStore } from './lines/line-store.ts'
import type { Metrics } from './metrics.ts'
import { type AskForTransfer, createTransferTools } from './transfer/transfer-tool.ts'

/** What answers calls: the lines, and the dialogue that speaks for them. */
export interface FrontDesk {
  readonly lines: LineStore
  readonly dialogue: Dialogue
  /** Where what must last is kept; a test may do without. */
  readonly database?: Database
  /** Keeps jobs of the call older than `epoch` from writing effects. */
  fence(call: { callId: string; epoch: number }): Promise<void>
  /** Asks the model server for its models. Throws nothing but an abort. */
  checkModel(options: { signal: AbortSignal }): Promise<ModelCheck>
}

export interface FrontDeskDeps {
  readonly logger: Logger
  readonly metrics: Metrics
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly stack: DisposalStack
  readonly onLateEffect: (late: LateEffect) => void
  /** Without it no call is handed over by the model. */
  readonly askForTransfer?: AskForTransfer
  readonly onEffectProgress?: EffectLedgerOptions['onProgress']
}

/**
 * Builds lines, database, hotel and dialogue in order.
 * @throws {LineError} naming file, line and field of each fault
 * @throws {DatabaseError} when the database cannot be opened
 */
export async function createFrontDesk(config: Config, deps: FrontDeskDeps): Promise<FrontDesk> {
  const { logger, metrics, now, stack, onLateEffect } = deps
  const lines = await createLineStore({ dir: config.lines.dir, logger })
  stack.defer(() => lines.close())
  const { url: databaseUrl, dataDir } = config.database
  const database = await openDatabase({ databaseUrl, dataDir, logger })
  stack.defer(() => database.close())
  const { client } = database
  const hotels = await startHotelSync({ client, source: lines, logger })
  stack.defer(() => hotels.close())

  const { onEffectProgress: onProgress } = deps
  const ledger = createEffectLedger(client, onProgress ? { onProgress } : {})
  const hotel = createHotelTools({ client, ledger, hotels: lines, now, onEffect: metrics.effect })
  const transfer = createTransferTools(deps.askForTransfer ?? (() => undefined))
  const tools = (line: Line) => [...hotel(line), ...transfer(line)]
  const spoken = new Set(lines.all().flatMap((line) => Object.keys(line.languages)))
  const judgeClaims = createClaimJudge([...spoken])
  const dialogue = createDialogue({
    ...{ llm: config.llm, tools, judgeClaims, logger, now, onLateEffect },
    metrics: {
      llmFirstToken: (ms, { model }) => metrics.llmTtft(ms, model),
      llmTotal: (ms, { model }) => metrics.llmTotal(ms, model),
      llmError: metrics.llmError,
      claimReplaced: metrics.claimReplaced,
    },
  })
  return {
    lines,
    dialogue,
    database,
    fence: (call) => ledger.fence(call),
    checkModel: (options) => dialogue.checkModel(options),
  }
}

import type { Line } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import { createRedis } from '../store/redis.ts'
import { createCallerHash, type HashCaller } from './caller-hash.ts'
import { createDueRecordings, type RecordingsDue } from './due-recordings.ts'
import { createEraseCaller, type EraseCaller } from './erase-caller.ts'
import { type Prices, readPrices } from './prices.ts'
import { createReceiptSigner, type ReceiptSigner } from './receipt.ts'
import { createRecords, type Records, type RecordsDeps } from './records.ts'
import { readRecordsSecret } from './records-secret.ts'
import { startRetention } from './retention.ts'
import { toEgressRecordings } from './to-recording.ts'
import { watchPersistence } from './watch-persistence.ts'

type Given = Omit<RecordsDeps, 'prices' | 'dataDir' | 'maxSpillBytes' | 'policyOf'>

export interface StartRecordsDeps extends Given {
  readonly lines: {
    byId(id: string): Line | undefined
    all(): readonly Line[]
  }
  readonly settings: {
    readonly mode: 'local' | 'production'
    readonly dataDir: string
    readonly secret: string | undefined
    readonly pricesFile: string | undefined
    readonly maxSpillBytes: number
  }
}

/** The records with all that is done about them. */
export interface StartedRecords extends Records {
  readonly hashCaller: HashCaller
  readonly prices: Prices
  readonly eraseCaller: EraseCaller
  readonly signer: ReceiptSigner
  readonly recordingsDue: RecordingsDue
  /** Takes LiveKit's `EgressInfo` of an `egress_ended` webhook. */
  takeEgressEnded(info: Readonly<Record<string, unknown>>): void
}

/** Reads the records' secret and prices, and starts them with their retention. @throws {ConfigError} */
export async function startRecords({
  settings,
  lines,
  ...deps
}: StartRecordsDeps): Promise<StartedRecords> {
  const { dataDir, maxSpillBytes } = settings
  const { client } = deps.database
  const { logger, now } = deps
  const secret = await readRecordsSecret(settings)
  const prices = await readPrices(settings.pricesFile)
  const stack = createDisposalStack()
  const records = createRecords({
    ...{ ...deps, prices, dataDir, maxSpillBytes },
    policyOf: (id) => lines.byId(id)?.privacy.transcripts,
  })
  stack.defer(() => records.close())
  const redis = createRedis(deps.redisUrl, { logger })
  stack.defer(() => redis.disconnect())
  if (settings.mode === 'production') watchPersistence(redis, { logger })
  const retention = startRetention({ client, lines: lines.all, logger, now })
  stack.defer(() => retention.close())
  const hashCaller = createCallerHash(secret)
  const signer = createReceiptSigner(secret)
  return {
    ...records,
    ...{ hashCaller, prices, signer },
    recordingsDue: createDueRecordings({ client }),
    eraseCaller: createEraseCaller({ client, redis, hashCaller, signer, now }),
    takeEgressEnded(info) {
      for (const recording of toEgressRecordings(info, deps)) records.addRecording(recording)
    },
    close: () => stack.close(),
  }
}

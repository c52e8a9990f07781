import { createCallerHash, type HashCaller } from './caller-hash.ts'
import { readPrices } from './prices.ts'
import { createRecords, type Records, type RecordsDeps } from './records.ts'
import { readRecordsSecret } from './records-secret.ts'
import { toEgressRecordings } from './to-recording.ts'

export interface StartRecordsDeps
  extends Omit<RecordsDeps, 'prices' | 'dataDir' | 'maxSpillBytes'> {
  readonly settings: {
    readonly mode: 'local' | 'production'
    readonly dataDir: string
    readonly secret: string | undefined
    readonly pricesFile: string | undefined
    readonly maxSpillBytes: number
  }
}

export interface StartedRecords extends Records {
  readonly hashCaller: HashCaller
  readonly secret: string
  /** Takes LiveKit's `EgressInfo` of an `egress_ended` webhook. */
  takeEgressEnded(info: Readonly<Record<string, unknown>>): void
}

/** Reads the records' secret and prices, and starts them. @throws {ConfigError} */
export async function startRecords({
  settings,
  ...deps
}: StartRecordsDeps): Promise<StartedRecords> {
  const { dataDir, maxSpillBytes } = settings
  const secret = await readRecordsSecret(settings)
  const prices = await readPrices(settings.pricesFile)
  const records = createRecords({ ...deps, prices, dataDir, maxSpillBytes })
  return {
    ...records,
    secret,
    hashCaller: createCallerHash(secret),
    takeEgressEnded(info) {
      for (const recording of toEgressRecordings(info, deps)) records.addRecording(recording)
    },
  }
}

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const progress = z.object({
  /** The first call that has not been lived through. */
  next: z.number().int(),
  kills: z.number().int(),
  failures: z.array(
    z.object({ index: z.number(), plan: z.string(), faults: z.array(z.string()).readonly() }),
  ),
})
export type Progress = z.infer<typeof progress>

/** How far a long row has come; nothing done when there is no such file or it is torn. */
export function readProgress(file: string): Progress {
  try {
    return progress.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { next: 0, kills: 0, failures: [] }
  }
}

/** Written aside and renamed, so that a row that is killed while it writes can go on. */
export function writeProgress(file: string, value: Progress): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(value))
  renameSync(`${file}.new`, file)
}

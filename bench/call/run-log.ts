import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** Results of a long run, a line each, so that one that was stopped goes on where it was. */
export interface RunLog<Entry> {
  readonly entries: readonly Entry[]
  add(entry: Entry): Promise<void>
  /** Its figures are written: the next run is a new one. */
  finish(): Promise<void>
}

/**
 * Opens the log of a run that was not finished, or a new one. A line that was cut off when the run was stopped is
 * left out, and so is what another version has written.
 */
export async function openRunLog<Entry>(
  file: string,
  { schema, isFresh }: { schema: z.ZodType<Entry>; isFresh: boolean },
): Promise<RunLog<Entry>> {
  if (isFresh) await rm(file, { force: true })
  await mkdir(dirname(file), { recursive: true })
  const text = await readFile(file, 'utf8').catch(() => '') // there is none yet
  const entries: Entry[] = text.split('\n').flatMap((line) => {
    const entry = schema.safeParse(toJson(line))
    return entry.success ? [entry.data] : []
  })
  return {
    entries,
    async add(entry) {
      // Begins with a new line, for the one before may have been cut off.
      await appendFile(file, `\n${JSON.stringify(entry)}`)
      entries.push(entry)
    },
    finish: () => rm(file, { force: true }),
  }
}

function toJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined // cut off, or empty
  }
}

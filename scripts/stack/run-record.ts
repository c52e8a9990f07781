import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { isSameProcess, processIdentity } from './process-identity.ts'

const process_ = z.object({ name: z.string(), pid: z.number().int(), identity: z.string() })

const recordSchema = z.object({
  supervisor: process_,
  parts: z.array(process_),
  /** Containers of this stack: they outlive the client that started them. */
  containers: z.array(z.string()),
})

/** Which processes a stack consists of, so that a later command ends those and no other. */
export type RunRecord = z.infer<typeof recordSchema>
export type RecordedProcess = z.infer<typeof process_>

export function readRecord(file: string): RunRecord | undefined {
  if (!existsSync(file)) return undefined
  const parsed = recordSchema.safeParse(parseJson(readFileSync(file, 'utf8')))
  // Half written by a machine that lost power: then nothing of it runs either.
  return parsed.success ? parsed.data : undefined
}

/** Replaces the file in one step: a reader never sees half of it. */
export function writeRecord(file: string, record: RunRecord): void {
  const next = `${file}.${process.pid}`
  writeFileSync(next, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  renameSync(next, file)
}

/** Undefined when the process has ended already. */
export function recordProcess(name: string, pid: number): RecordedProcess | undefined {
  const identity = processIdentity(pid)
  return identity === undefined ? undefined : { name, pid, identity }
}

export type RunState =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'running'; readonly record: RunRecord }
  | {
      readonly kind: 'leftovers'
      readonly record: RunRecord
      readonly parts: readonly RecordedProcess[]
    }

/** A stack whose supervisor was killed leaves its parts behind; one after a restart leaves only the file. */
export function readRunState(file: string): RunState {
  const record = readRecord(file)
  if (!record) return { kind: 'nothing' }
  if (isSameProcess(record.supervisor)) return { kind: 'running', record }
  const parts = record.parts.filter(isSameProcess)
  const isOver = parts.length === 0 && record.containers.length === 0
  return isOver ? { kind: 'nothing' } : { kind: 'leftovers', record, parts }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // told by the schema
  }
}

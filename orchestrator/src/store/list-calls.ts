import type { CallRecord } from '@trunkline/contracts'
import type { Redis } from 'ioredis'
import { OrchestratorError } from '../errors.ts'
import type { CallQuery } from './call-store.ts'
import { keys } from './keys.ts'
import { readStoredCall } from './stored-call.ts'

const pageSize = 100
/** A filter that matches hardly anything ends here, with a cursor to go on from. */
const maxScanned = 2000

interface Position {
  readonly score: number
  readonly id: string
}

/** Newest first. A call whose state has expired leaves the index here. */
export async function listCalls(
  redis: Redis,
  query: CallQuery,
): Promise<{ calls: CallRecord[]; nextCursor?: string }> {
  const calls: CallRecord[] = []
  let position = query.cursor === undefined ? undefined : readCursor(query.cursor)
  for (let scanned = 0; scanned < maxScanned; scanned += pageSize) {
    const page = await readPage(redis, position)
    if (page.length === 0) return { calls }
    const states = await redis.mget(page.map(({ id }) => keys.call(id)))
    const expired = page.filter((_entry, index) => states[index] === null)
    if (expired.length > 0) await redis.zrem(keys.index, ...expired.map(({ id }) => id))
    for (const [index, entry] of page.entries()) {
      position = entry
      const call = readStoredCall(states[index])?.call
      if (call && matches(call, query)) calls.push(call)
      if (calls.length === query.limit) return { calls, nextCursor: toCursor(entry) }
    }
  }
  return { calls, ...(position === undefined ? {} : { nextCursor: toCursor(position) }) }
}

/** Entries after `position` in falling order of score, then id: the order Redis keeps. */
async function readPage(redis: Redis, position: Position | undefined): Promise<Position[]> {
  const from = position?.score ?? '+inf'
  const flat = await redis.zrange(
    keys.index,
    from,
    '-inf',
    'BYSCORE',
    'REV',
    'LIMIT',
    0,
    pageSize,
    'WITHSCORES',
  )
  const entries: Position[] = []
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const entry = { id: String(flat[index]), score: Number(flat[index + 1]) }
    if (position === undefined || entry.score < position.score || entry.id < position.id) {
      entries.push(entry)
    }
  }
  return entries
}

function matches(call: CallRecord, query: CallQuery): boolean {
  return (
    (query.state === undefined || call.state === query.state) &&
    (query.line === undefined || call.line === query.line) &&
    (query.room === undefined || call.room === query.room) &&
    (query.sipCallId === undefined || call.sipCallId === query.sipCallId)
  )
}

function toCursor({ score, id }: Position): string {
  return Buffer.from(`${score} ${id}`).toString('base64url')
}

function readCursor(cursor: string): Position {
  const [score = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (id === '' || !Number.isFinite(Number(score))) {
    throw new OrchestratorError('bad-request', 'cursor: not one that a list has returned')
  }
  return { score: Number(score), id }
}

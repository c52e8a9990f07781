import { createHash } from 'node:crypto'
import type { ChainableCommander, Redis } from 'ioredis'

/**
 * Writes events of one call and its newest state, for the holder of its lease alone. `fenced`: another process
 * holds the call, nothing was changed. `lost`: Redis has lost the call's stream, and wants it begun anew.
 */
export type FencedOutcome = 'written' | 'fenced' | 'lost'

export interface FencedWrite {
  readonly keys: readonly [
    call: string,
    events: string,
    lease: string,
    room: string,
    index: string,
    records: string,
  ]
  readonly callId: string
  readonly token: number
  readonly holder: string
  readonly ttlSeconds: number
  readonly epoch: number
  readonly jobId: string
  /** The job that is connected; empty when none is. */
  readonly serving: string
  /** The state after the last event, as JSON. */
  readonly state: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Index entries older than this are dropped; epoch milliseconds. */
  readonly dropBefore: number | undefined
  /** `call-created` is among the events, or `restored` begins the stream anew. */
  readonly begins: boolean
  readonly restored: { readonly id: string; readonly event: string } | undefined
  readonly recordsTtlSeconds: number
  readonly events: readonly {
    readonly id: string
    readonly event: string
    /** What goes into the stream `records`, if anything, the first time the event is written. */
    readonly record: string | undefined
  }[]
}

const fixedArguments = 14

/**
 * The token only rises (see claim.ts), so a smaller one than the stored is an old holder’s. An id that the stream
 * has already is that of an entry whose answer got lost: it is passed over.
 */
const script = `
local token = tonumber(ARGV[1])
local stored = tonumber(redis.call('HGET', KEYS[3], 'token') or '0')
if stored > token then return 'fenced' end
local owner = redis.call('GET', KEYS[4])
if owner and owner ~= ARGV[3] then return 'fenced' end
if ARGV[10] == '0' and redis.call('EXISTS', KEYS[2]) == 0 then return 'lost' end
if ARGV[11] ~= '' then redis.pcall('XADD', KEYS[2], ARGV[11], 'event', ARGV[12]) end
for i = ${fixedArguments + 1}, #ARGV, 3 do
  local added = redis.pcall('XADD', KEYS[2], ARGV[i], 'event', ARGV[i + 1])
  if type(added) == 'table' and added.err then
    if not string.find(added.err, 'equal or smaller', 1, true) then return added end
  elseif ARGV[i + 2] ~= '' then
    redis.call('XADD', KEYS[6], '*', 'entry', ARGV[i + 2])
    redis.call('EXPIRE', KEYS[6], ARGV[13])
  end
end
redis.call('SET', KEYS[1], ARGV[7], 'EX', ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
redis.call('SET', KEYS[4], ARGV[3], 'EX', ARGV[4])
local epoch = math.max(tonumber(redis.call('HGET', KEYS[3], 'epoch') or '0'), tonumber(ARGV[5]))
redis.call('HSET', KEYS[3], 'token', ARGV[1], 'holder', ARGV[2], 'epoch', epoch)
if ARGV[6] ~= '' then redis.call('HSET', KEYS[3], 'job:' .. ARGV[6], ARGV[5]) end
redis.call('HSET', KEYS[3], 'serving', ARGV[14])
redis.call('EXPIRE', KEYS[3], ARGV[4])
if ARGV[9] ~= '' then redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ARGV[9]) end
redis.call('ZADD', KEYS[5], ARGV[8], ARGV[3])
redis.call('EXPIRE', KEYS[5], ARGV[4], 'NX')
redis.call('EXPIRE', KEYS[5], ARGV[4], 'GT')
redis.call('PUBLISH', KEYS[2], '')
return 'written'
`
const sha = createHash('sha1').update(script).digest('hex')

/**
 * Sends all writes in one round trip and tells each one’s outcome, in order.
 * @throws when any was not carried out; all of them may then be given again
 */
export async function writeFenced(
  redis: Redis,
  writes: readonly FencedWrite[],
): Promise<FencedOutcome[]> {
  const first = await run(redis, writes)
  if (first !== 'unknown-script') return first
  await redis.script('LOAD', script)
  const second = await run(redis, writes)
  if (second === 'unknown-script') throw new Error('redis forgets its scripts')
  return second
}

async function run(
  redis: Redis,
  writes: readonly FencedWrite[],
): Promise<FencedOutcome[] | 'unknown-script'> {
  const pipeline = redis.pipeline()
  for (const write of writes) add(pipeline, write)
  const results = (await pipeline.exec()) ?? []
  const outcomes: FencedOutcome[] = []
  for (const [error, answer] of results) {
    if (error?.message.startsWith('NOSCRIPT')) return 'unknown-script'
    if (error) throw error
    outcomes.push(answer === 'fenced' || answer === 'lost' ? answer : 'written')
  }
  return outcomes
}

function add(pipeline: ChainableCommander, write: FencedWrite): void {
  pipeline.evalsha(
    sha,
    write.keys.length,
    ...write.keys,
    write.token,
    write.holder,
    write.callId,
    write.ttlSeconds,
    write.epoch,
    write.jobId,
    write.state,
    write.createdAt,
    write.dropBefore ?? '',
    write.begins ? '1' : '0',
    write.restored?.id ?? '',
    write.restored?.event ?? '',
    write.recordsTtlSeconds,
    write.serving,
    ...write.events.flatMap(({ id, event, record }) => [id, event, record ?? '']),
  )
}

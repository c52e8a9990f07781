import type { Redis } from 'ioredis'
import { z } from 'zod'
import { keys } from './keys.ts'

/**
 * Finds or mints the call of a room and takes its lease, in one step for all replicas. The first hello of a
 * job raises the epoch; the same job again keeps its own, which is then below the epoch when a newer job came.
 */
const script = `
local id = redis.call('GET', KEYS[1]) or ARGV[1]
redis.call('SET', KEYS[1], id, 'EX', ARGV[4])
local lease = 'call:' .. id .. ':lease'
local epoch = tonumber(redis.call('HGET', lease, 'epoch') or '0')
local held = tonumber(redis.call('HGET', lease, 'job:' .. ARGV[2]) or '0')
local holder = redis.call('HGET', lease, 'holder') or ''
if held == 0 then
  epoch = math.max(epoch, tonumber(ARGV[3])) + 1
  held = epoch
  redis.call('HSET', lease, 'epoch', epoch, 'job:' .. ARGV[2], epoch)
end
if held == epoch then redis.call('HSET', lease, 'holder', ARGV[5]) end
redis.call('EXPIRE', lease, ARGV[4])
return {id, epoch, held, holder}
`

export interface ClaimRequest {
  readonly roomSid: string
  readonly jobId: string
  /** Epoch in the dispatch's metadata, 0 without one. */
  readonly minEpoch: number
  /** Taken when the room has no call yet. */
  readonly newCallId: string
  readonly ttlSeconds: number
  /** The orchestrator process that asks. */
  readonly holder: string
}

export interface Claim {
  readonly callId: string
  /** The job's; lower than the call's when the job is superseded. */
  readonly epoch: number
  readonly isSuperseded: boolean
  /** True when another orchestrator had the call until now: what is known of it here is old. */
  readonly wasElsewhere: boolean
}

const answer = z.tuple([z.string(), z.number(), z.number(), z.string()])

export async function claimCall(redis: Redis, request: ClaimRequest): Promise<Claim> {
  const { roomSid, newCallId, jobId, minEpoch, ttlSeconds, holder } = request
  const raw = await redis.eval(
    script,
    1,
    keys.room(roomSid),
    newCallId,
    jobId,
    minEpoch,
    ttlSeconds,
    holder,
  )
  const [callId, epoch, held, previousHolder] = answer.parse(raw)
  const wasElsewhere = previousHolder !== '' && previousHolder !== holder
  return { callId, epoch: held, isSuperseded: held < epoch, wasElsewhere }
}

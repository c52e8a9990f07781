import type { Redis } from 'ioredis'
import { z } from 'zod'
import { keys } from './keys.ts'

/**
 * Finds or mints the call of a room and takes its lease, in one step for all replicas. The first hello of a
 * job raises the epoch; the same job again keeps its own, which is then below the epoch when a newer job came.
 * A job that was sent in place of another one is late, and changes nothing, when a job is at work.
 * A change of holder raises the token, to the time at least: so it rises on although Redis came back empty. The
 * former holder is told at once (see lease-news.ts).
 */
const claimScript = `
local id = redis.call('GET', KEYS[1]) or ARGV[1]
redis.call('SET', KEYS[1], id, 'EX', ARGV[4])
local lease = 'call:' .. id .. ':lease'
local epoch = tonumber(redis.call('HGET', lease, 'epoch') or '0')
local held = tonumber(redis.call('HGET', lease, 'job:' .. ARGV[2]) or '0')
local holder = redis.call('HGET', lease, 'holder') or ''
local token = tonumber(redis.call('HGET', lease, 'token') or '0')
local serving = redis.call('HGET', lease, 'serving') or ''
local isHelped = redis.call('HEXISTS', lease, 'helped') == 1
if held == 0 and serving ~= '' and (ARGV[6] == '1' or isHelped) and tonumber(ARGV[7]) <= epoch then
  return {id, epoch, epoch, holder, token, 1}
end
if held == 0 then
  epoch = math.max(epoch, tonumber(ARGV[3])) + 1
  held = epoch
  redis.call('HSET', lease, 'epoch', epoch, 'job:' .. ARGV[2], epoch)
end
if ARGV[6] == '1' then redis.call('HSET', lease, 'helped', 1) end
if held == epoch then redis.call('HSET', lease, 'serving', ARGV[2]) end
if held == epoch and (holder ~= ARGV[5] or token == 0) then
  local time = redis.call('TIME')
  token = math.max(token + 1, time[1] * 1000 + math.floor(time[2] / 1000))
  redis.call('HSET', lease, 'holder', ARGV[5], 'token', string.format('%.0f', token))
  if holder ~= '' and holder ~= ARGV[5] then redis.call('PUBLISH', 'lease:' .. holder, id .. ' ' .. string.format('%.0f', token)) end
end
redis.call('EXPIRE', lease, ARGV[4])
return {id, epoch, held, holder, token, 0}
`

/** The lease of a call without a change of job. Nothing when Redis does not know the call. */
const adoptScript = `
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then return false end
local holder = redis.call('HGET', KEYS[1], 'holder') or ''
local token = tonumber(redis.call('HGET', KEYS[1], 'token') or '0')
if holder ~= ARGV[2] or token == 0 then
  local time = redis.call('TIME')
  token = math.max(token + 1, time[1] * 1000 + math.floor(time[2] / 1000))
  redis.call('HSET', KEYS[1], 'holder', ARGV[2], 'token', string.format('%.0f', token))
  if holder ~= '' and holder ~= ARGV[2] then redis.call('PUBLISH', 'lease:' .. holder, ARGV[1] .. ' ' .. string.format('%.0f', token)) end
end
redis.call('HSET', KEYS[1], 'serving', '')
return {ARGV[1], tonumber(epoch), tonumber(epoch), holder, token, 0}
`

export interface ClaimRequest {
  readonly roomSid: string
  readonly jobId: string
  /** Epoch in the dispatch's metadata, 0 without one. */
  readonly minEpoch: number
  /** A job that an orchestrator has sent in place of another one. */
  readonly isReplacement: boolean
  /** The epoch of the job it is to replace, or of its own last welcome; 0 without one. */
  readonly knownEpoch: number
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
  /** Fencing token of the lease: what is written with a smaller one changes nothing. */
  readonly token: number
  readonly isSuperseded: boolean
  /** Sent in vain: the job it was to replace, or another one in its place, is at work. Nothing was claimed. */
  readonly isLate: boolean
  /** True when another orchestrator had the call until now: what is known of it here is old. */
  readonly wasElsewhere: boolean
}

const answer = z.tuple([z.string(), z.number(), z.number(), z.string(), z.number(), z.number()])

export async function claimCall(redis: Redis, request: ClaimRequest): Promise<Claim> {
  const { roomSid, newCallId, jobId, minEpoch, ttlSeconds, holder } = request
  const { isReplacement, knownEpoch } = request
  const raw = await redis.eval(
    claimScript,
    1,
    keys.room(roomSid),
    newCallId,
    jobId,
    minEpoch,
    ttlSeconds,
    holder,
    isReplacement ? 1 : 0,
    knownEpoch,
  )
  return toClaim(raw, holder)
}

/** Takes the lease of a call whose holder is gone, without a job; undefined when there is no such call. */
export async function adoptCall(
  redis: Redis,
  { callId, holder }: { callId: string; holder: string },
): Promise<Claim | undefined> {
  const raw = await redis.eval(adoptScript, 1, keys.lease(callId), callId, holder)
  return raw === null ? undefined : toClaim(raw, holder)
}

function toClaim(raw: unknown, holder: string): Claim {
  const [callId, epoch, held, previousHolder, token, late] = answer.parse(raw)
  const wasElsewhere = previousHolder !== '' && previousHolder !== holder
  const isLate = late === 1
  return { callId, epoch: held, token, isSuperseded: held < epoch, isLate, wasElsewhere }
}

/** Each is one step for all replicas. An inbox is a stream of entries; `inboxes` is the set of those that have some. */

/**
 * Keeps an event, once. KEYS: id, inbox, inboxes, what proves that the call is known. ARGV: entry, name of the inbox,
 * seconds for the id, for the inbox, its most entries, '1' when the proof is needed, channel.
 */
export const acceptScript = `
if ARGV[6] == '1' and redis.call('EXISTS', KEYS[4]) == 0 then return 'unknown-call' end
if redis.call('EXISTS', KEYS[1]) == 1 then return 'duplicate' end
if redis.call('XLEN', KEYS[2]) >= tonumber(ARGV[5]) then return 'full' end
redis.call('SET', KEYS[1], '', 'EX', ARGV[3])
redis.call('XADD', KEYS[2], '*', 'entry', ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[4])
redis.call('SADD', KEYS[3], ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[3])
redis.call('PUBLISH', ARGV[7], ARGV[2])
return 'accepted'
`

/**
 * Gives a room's events to its call. KEYS: from, to, inboxes. ARGV: name from, name to, seconds for the inbox, channel,
 * seconds for the set.
 */
export const moveScript = `
for _, row in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
  redis.call('XADD', KEYS[2], '*', unpack(row[2]))
end
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('DEL', KEYS[1])
redis.call('SREM', KEYS[3], ARGV[1])
redis.call('SADD', KEYS[3], ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[5]) -- without its last member it was gone, and its time with it
redis.call('PUBLISH', ARGV[4], ARGV[2])
return 1
`

/** Forgets an inbox that has nothing in it any more. KEYS: inbox, inboxes. ARGV: name. The answer is what is left. */
export const tidyScript = `
local left = redis.call('XLEN', KEYS[1])
if left == 0 then redis.call('SREM', KEYS[2], ARGV[1]) end
return left
`

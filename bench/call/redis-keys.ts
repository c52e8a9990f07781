import { Redis } from 'ioredis'
import { bareRoomPrefix } from './bare-line.ts'
import type { Leftover } from './leftovers.ts'

/** What livekit-server and livekit-sip keep without a TTL for themselves, calls or none. */
const livekitOwn: ReadonlySet<string> = new Set([
  'livekit_version',
  'nodes',
  'sip_dispatch_rule',
  'sip_inbound_trunk',
])

/** Cached audio is no call's; it has the tts-router's own TTL. */
const cachePrefix = 'tts:'

export interface KeyFacts {
  readonly key: string
  /** Redis' TTL: -1 for none, -2 when it has gone meanwhile. */
  readonly ttlSeconds: number
}

export async function countKeys(
  redisUrl: string,
  { retentionSeconds }: { retentionSeconds: number },
): Promise<readonly Leftover[]> {
  const [ours, livekits] = [
    await readKeys(redisUrl),
    (await readKeys(livekitRedisUrl(redisUrl))).filter(({ key }) => !isBareJob(key)),
  ]
  const untimed = (keys: readonly KeyFacts[]) => keys.filter(({ ttlSeconds }) => ttlSeconds === -1)
  return [
    toLeftover('Redis keys without a TTL', untimed(ours)),
    toLeftover('Redis keys kept beyond the retention', keptTooLong(ours, retentionSeconds)),
    toLeftover(
      'keys of livekit but its own',
      untimed(livekits).filter(({ key }) => !livekitOwn.has(key)),
    ),
  ]
}

export function keptTooLong(
  keys: readonly KeyFacts[],
  retentionSeconds: number,
): readonly KeyFacts[] {
  return keys.filter(
    ({ key, ttlSeconds }) => ttlSeconds > retentionSeconds && !key.startsWith(cachePrefix),
  )
}

/** Deletes what livekit keeps of the bare worker's jobs, which no orchestrator looks after. */
export async function forgetBareJobs(redisUrl: string): Promise<void> {
  await withRedis(livekitRedisUrl(redisUrl), async (redis) => {
    const keys = (await scan(redis)).filter(isBareJob)
    if (keys.length > 0) await redis.del(...keys)
  })
}

function isBareJob(key: string): boolean {
  return key.startsWith(`agent_job:${bareRoomPrefix}_`)
}

/** Names hold ids and dialled numbers: only what they begin with is told. */
function toLeftover(name: string, keys: readonly KeyFacts[]): Leftover {
  const kinds = new Set(keys.map(({ key }) => key.split(':')[0] ?? ''))
  return { name, count: keys.length, ...(keys.length > 0 && { detail: [...kinds].join(', ') }) }
}

async function readKeys(url: string): Promise<readonly KeyFacts[]> {
  return withRedis(url, async (redis) => {
    const keys = await scan(redis)
    return Promise.all(keys.map(async (key) => ({ key, ttlSeconds: await redis.ttl(key) })))
  })
}

async function scan(redis: Redis): Promise<readonly string[]> {
  const keys = new Set<string>()
  let cursor = '0'
  do {
    const [next, found] = await redis.scan(cursor, 'COUNT', 500)
    for (const key of found) keys.add(key)
    cursor = next
  } while (cursor !== '0')
  return [...keys]
}

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, lazyConnect: true })
  try {
    await redis.connect()
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

/** A stack that runs its own Redis gives livekit database 0 of it. */
function livekitRedisUrl(redisUrl: string): string {
  const url = new URL(redisUrl)
  url.pathname = ''
  return url.toString()
}

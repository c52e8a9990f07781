import { once } from 'node:events'
import { connect } from 'node:net'
import { Redis } from 'ioredis'
import { RoomServiceClient } from 'livekit-server-sdk'
import type { Externals } from './settings.ts'

const timeoutMs = 5000

/** Asks every part that runs elsewhere whether it is there; one sentence for each that is not. */
export async function checkExternals(externals: Externals): Promise<readonly string[]> {
  const { riva, llm, redis, livekitRedis, database, livekit } = externals
  const checks = [
    riva && explain(`RIVA_URI ${riva.address}`, () => checkTcp(riva.address)),
    llm && explain(`LLM_SERVICE_URL ${llm.url}`, () => checkModels(llm)),
    redis && explain(`REDIS_URL ${hostOf(redis.url)}`, () => checkRedis(redis.url)),
    livekitRedis &&
      explain(`LIVEKIT_REDIS_URL ${hostOf(livekitRedis.url)}`, () => checkRedis(livekitRedis.url)),
    database && explain(`DATABASE_URL ${hostOf(database.url)}`, () => checkDatabase(database.url)),
    livekit && explain(`LIVEKIT_URL ${livekit.url}`, () => checkLivekit(livekit)),
  ]
  const answers = await Promise.all(checks.filter((check) => check !== undefined))
  return answers.filter((answer) => answer !== undefined)
}

async function explain(what: string, check: () => Promise<void>): Promise<string | undefined> {
  try {
    await check()
    return undefined
  } catch (error) {
    return `${what} is set and cannot be used: ${describe(error)}`
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in 5 s'
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}

async function checkTcp(address: string): Promise<void> {
  const { hostname, port } = new URL(`tcp://${address}`)
  const socket = connect(Number(port), hostname)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) })
  } finally {
    socket.destroy()
  }
}

async function checkDatabase(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  await checkTcp(`${hostname}:${port || '5432'}`)
}

async function checkModels({ url, apiKey }: { url: string; apiKey?: string }): Promise<void> {
  const response = await fetch(`${url.replace(/\/$/, '')}/models`, {
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
    signal: AbortSignal.timeout(timeoutMs),
  })
  await response.body?.cancel()
  if (response.status === 401 || response.status === 403) {
    throw new Error(`it refuses LLM_API_KEY (HTTP ${response.status})`)
  }
  // Some servers have no model list; anything that answers is a server.
  if (response.status >= 500) throw new Error(`it answers HTTP ${response.status}`)
}

async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  // What connect() rejects with only says that the connection is closed; why is told here.
  let fault: unknown
  redis.on('error', (error) => {
    fault ??= error
  })
  try {
    await redis.connect()
    await redis.ping()
  } catch (error) {
    throw fault ?? error
  } finally {
    redis.disconnect()
  }
}

async function checkLivekit(livekit: NonNullable<Externals['livekit']>): Promise<void> {
  const url = livekit.url.replace(/^ws/, 'http')
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  await response.body?.cancel()
  const client = new RoomServiceClient(url, livekit.apiKey, livekit.apiSecret)
  await client.listRooms().catch((cause: unknown) => {
    throw new Error('it refuses LIVEKIT_API_KEY and LIVEKIT_API_SECRET', { cause })
  })
}

/** Without user and password. */
function hostOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

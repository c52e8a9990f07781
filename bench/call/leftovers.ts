import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { RoomServiceClient } from 'livekit-server-sdk'
import { defaultPorts, rtpPortCount } from '../../scripts/ports.ts'
import { jobProcesses, type Pool } from './job-pool.ts'
import { udpPortsOf } from './process-tree.ts'
import { readMetric } from './read-metric.ts'
import { countKeys } from './redis-keys.ts'

/** One kind of thing that calls may leave behind. */
export interface Leftover {
  readonly name: string
  /** Undefined when it cannot be counted here. */
  readonly count: number | undefined
  readonly detail?: string
}

export interface LeftoversOptions {
  readonly pool: Pool | undefined
  /** How long the line keeps a call in Redis. */
  readonly retentionSeconds: number
}

export async function countLeftovers(
  stack: Stack,
  { pool, retentionSeconds }: LeftoversOptions,
): Promise<readonly Leftover[]> {
  const { urls } = stack
  const gauge = (url: string, name: string) => readMetric(url, name).catch(() => undefined)
  const [rooms, jobs, channels, calls, streams, keys] = await Promise.all([
    countRooms(stack),
    gauge(urls.agentMetrics, 'agent_active_jobs'),
    gauge(urls.orchestrator, 'voice_gateway_active_streams'),
    gauge(urls.orchestrator, 'calls_active'),
    gauge(urls.asrProxy, 'asr_active_streams'),
    countKeys(urls.redis, { retentionSeconds }),
  ])
  return [
    { name: 'rooms', count: rooms },
    { name: 'jobs', count: jobs },
    { name: 'job processes beyond the idle ones', count: countJobProcesses(pool) },
    { name: 'RTP ports of livekit-sip', count: countRtpPorts(stack) },
    { name: 'channels', count: channels },
    { name: 'calls not ended', count: calls },
    { name: 'ASR streams', count: streams },
    ...keys,
  ]
}

const lookMs = 1000

/**
 * Counts until nothing is left or `timeoutMs` is over; livekit-sip keeps the ports of an ended call bound for 30 s.
 * `clearedMs` is how long it took, undefined when something stays.
 */
export async function awaitNothingLeft(
  stack: Stack,
  options: LeftoversOptions & { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<{ leftovers: readonly Leftover[]; clearedMs: number | undefined }> {
  const startedAt = performance.now()
  for (;;) {
    const leftovers = await countLeftovers(stack, options)
    const takenMs = performance.now() - startedAt
    if (leftovers.every(({ count = 0 }) => count === 0)) return { leftovers, clearedMs: takenMs }
    if (takenMs > options.timeoutMs) return { leftovers, clearedMs: undefined }
    await sleep(lookMs, undefined, { signal: options.signal })
  }
}

async function countRooms({ livekit }: Stack): Promise<number | undefined> {
  const url = livekit.url.replace(/^ws/, 'http')
  const client = new RoomServiceClient(url, livekit.apiKey, livekit.apiSecret)
  return (await client.listRooms()).length
}

function countJobProcesses(pool: Pool | undefined): number | undefined {
  return pool && Math.max(0, jobProcesses(pool.workerPid).length - pool.idle)
}

/** Of those it takes for calls: the ports of WebRTC lie elsewhere. */
function countRtpPorts({ sip, processes }: Stack): number | undefined {
  const pid = processes.find(({ name }) => name === 'livekit-sip')?.pid
  if (!sip || pid === undefined) return undefined
  const first = defaultPorts.rtpFirst + sip.port - defaultPorts.sip
  return udpPortsOf(pid)?.filter((port) => port >= first && port < first + rtpPortCount).length
}

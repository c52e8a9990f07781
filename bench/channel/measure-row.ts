import { setTimeout as sleep } from 'node:timers/promises'
import { askForGoodbye, askForSentences } from '@trunkline/testkit'
import { readMetric } from '../call/read-metric.ts'
import { slope } from '../report/statistics.ts'
import { heldKb } from './memory.ts'
import { type Rig, startRig } from './rig.ts'
import { letters, openCall } from './talk.ts'

/** What a row of calls left behind, after the five seconds it has for it. */
export interface RowResult {
  readonly database: string
  readonly calls: number
  readonly callsPerSecond: number
  readonly endings: Readonly<Record<string, number>>
  readonly rooms: number
  readonly channels: number
  readonly keysWithoutTtl: number
  /** Calls by how many ends their stream has: only `1` should be there. */
  readonly ends: Readonly<Record<string, number>>
  readonly withoutReason: number
  /** Held without garbage: `atOnce` calls, and those that have ended in the last seconds. */
  readonly memoryMb: readonly number[]
  /** Over the second half of the row. */
  readonly slopeKbPerCall: number | undefined
}

const endings = ['caller-hangup', 'goodbye', 'room-deleted', 'job-and-caller', 'cut'] as const
const atOnce = 40
const clearMs = 5000
const samples = 20
const stepMs = 20_000

/** So many calls with random endings on one orchestrator process. */
export async function measureRow(options: {
  database: 'pglite' | 'postgres'
  calls: number
  orchestrator?: string | undefined
  signal: AbortSignal
  print: (line: string) => void
}): Promise<RowResult> {
  const { database, calls, signal, print, orchestrator } = options
  const rig = await startRig({ database, orchestrator })
  try {
    const counts: Record<string, number> = {}
    const memoryMb: number[] = []
    const points: { x: number; y: number }[] = []
    const startedAt = performance.now()
    let next = 0
    const work = async () => {
      while (next < calls && !signal.aborted) {
        const index = next
        next += 1
        const ending = endings[Math.floor(Math.random() * endings.length)] ?? 'goodbye'
        counts[ending] = (counts[ending] ?? 0) + 1
        await oneCall(rig, { index, ending })
        if ((index + 1) % Math.ceil(calls / samples) === 0) {
          const kb = await heldKb(rig)
          points.push({ x: index, y: kb })
          memoryMb.push(Math.round(kb / 1024))
          const perSecond = (index + 1) / ((performance.now() - startedAt) / 1000)
          print(
            `  ${index + 1} calls, ${Math.round(kb / 1024)} MB, ${perSecond.toFixed(0)} a second`,
          )
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    const tookMs = performance.now() - startedAt
    signal.throwIfAborted()
    await sleep(clearMs, undefined, { signal })
    return {
      ...{ database, calls, endings: counts, memoryMb },
      callsPerSecond: calls / (tookMs / 1000),
      rooms: rig.livekit.rooms.names().length,
      channels: await readMetric(rig.url, 'voice_gateway_active_streams'),
      ...(await lookIntoRedis(rig)),
      slopeKbPerCall: slope(points.slice(points.length / 2)),
    }
  } finally {
    await rig.close()
  }
}

async function oneCall(
  rig: Rig,
  { index, ending }: { index: number; ending: (typeof endings)[number] },
): Promise<void> {
  const name = `r${index}`
  const { agent, room } = await openCall(rig, name)
  const ended = new Promise<void>((resolve) => rig.livekit.rooms.whenEnded(room, resolve))
  const turnId = agent.turn(askForSentences(1, `w${letters(index)}z`))
  await soon(agent.until(() => agent.isFinished(turnId)))
  switch (ending) {
    case 'caller-hangup':
      agent.send({ type: 'call-ended', reason: 'caller-hangup' })
      rig.livekit.rooms.leave(room, `sip_${name}`)
      break
    case 'goodbye':
      agent.turn(askForGoodbye)
      break
    case 'room-deleted':
      rig.livekit.rooms.delete(room)
      break
    case 'job-and-caller':
      agent.kill()
      rig.livekit.rooms.leave(room, `sip_${name}`)
      break
    case 'cut':
      agent.drop()
      rig.livekit.rooms.leave(room, `sip_${name}`)
      agent.send({ type: 'call-ended', reason: 'caller-hangup' })
      break
    default:
      ending satisfies never
  }
  // What takes longer shows in the counts; the row goes on.
  if (ending !== 'job-and-caller') await soon(ended)
}

async function soon(work: Promise<unknown>): Promise<void> {
  const timer = new AbortController()
  const late = sleep(stepMs, undefined, { signal: timer.signal }).catch(() => {})
  await Promise.race([work, late])
  timer.abort()
}

async function lookIntoRedis({ redis }: Rig) {
  let cursor = '0'
  let keysWithoutTtl = 0
  let withoutReason = 0
  const ends: Record<string, number> = {}
  do {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 500)
    cursor = next
    for (const key of keys) {
      if ((await redis.ttl(key)) === -1) keysWithoutTtl += 1
      if (!/^call:[^:]+:events$/.test(key)) continue
      const rows = await redis.xrange(key, '-', '+')
      const texts = rows.map(([, fields]) => fields[1] ?? '')
      const own = texts.filter((text) => text.includes('"type":"call-ended"'))
      ends[own.length] = (ends[own.length] ?? 0) + 1
      if (!own.every((text) => /"reason":"[a-z-]+"/.test(text))) withoutReason += 1
    }
  } while (cursor !== '0')
  return { keysWithoutTtl, ends, withoutReason }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { askForSentences } from '@trunkline/testkit'
import { type Rig, startRig } from '../channel/rig.ts'
import { letters, type OpenCall, openCall } from '../channel/talk.ts'
import { type Summary, summarize } from '../report/statistics.ts'

/** What is killed: a replica, which starts again afterwards, or Redis, which comes back empty. */
export type Victim = 'replica' | 'redis'

export interface KillsResult {
  readonly victim: Victim
  readonly kills: number
  readonly replicas: number
  readonly calls: number
  /** kill -9 → next sentence, of calls whose replica was killed. Milliseconds. */
  readonly answered: Summary | undefined
  /** Of those, the ones in the middle of a reply, and the ones with a turn that had just been said. */
  readonly midReply: Summary | undefined
  readonly newTurn: Summary | undefined
  /** Calls that were not answered again in 20 s. */
  readonly unanswered: number
  /** Turns whose sentences were not each heard once and in order. */
  readonly broken: readonly string[]
}

export interface KillsOptions {
  readonly victim: Victim
  readonly kills: number
  readonly replicas: number
  readonly calls: number
  readonly orchestrator?: string | undefined
  readonly signal: AbortSignal
  readonly print: (line: string) => void
}

const sentences = 4
const sentenceMs = 60
const limitMs = 20_000
const lookMs = 2

/** Kills one replica after the other under open calls; half of them are in the middle of a reply each time. */
export async function measureKills(options: KillsOptions): Promise<KillsResult> {
  const { victim, kills, replicas, calls, orchestrator, signal, print } = options
  const rig = await startRig({ database: 'postgres', replicas, orchestrator, sentenceMs })
  try {
    const open: OpenCall[] = []
    for (let index = 0; index < calls; index += 1) open.push(await openCall(rig, `k${index}`))
    const times: { readonly ms: number; readonly isMidReply: boolean }[] = []
    const broken: string[] = []
    let unanswered = 0
    for (let kill = 0; kill < kills; kill += 1) {
      signal.throwIfAborted()
      const round = await oneKill(rig, { open, kill, victim })
      times.push(...round.times)
      broken.push(...round.broken)
      unanswered += round.unanswered
      const shown = summarize(round.times.map(({ ms }) => ms))
      print(
        `  ${kill + 1}/${kills}  ${shown ? `${Math.round(shown.max)} ms at most` : 'no call there'}`,
      )
    }
    for (const { agent } of open) agent.close()
    const of = (isMidReply: boolean) =>
      summarize(times.filter((time) => time.isMidReply === isMidReply).map(({ ms }) => ms))
    return {
      ...{ victim, kills, replicas, calls, unanswered, broken },
      answered: summarize(times.map(({ ms }) => ms)),
      midReply: of(true),
      newTurn: of(false),
    }
  } finally {
    await rig.close()
  }
}

async function oneKill(
  { orchestrators, loseRedis }: Rig,
  { open, kill, victim }: { open: readonly OpenCall[]; kill: number; victim: Victim },
) {
  const replica = orchestrators[kill % orchestrators.length]
  if (!replica) throw new Error('there is no replica')
  const label = (index: number) => `k${letters(kill)}x${letters(index)}z`
  const begun = open.map(({ agent }, index) =>
    index % 2 === 0 ? agent.turn(askForSentences(sentences, label(index))) : undefined,
  )
  await sleep(sentenceMs * (0.5 + Math.random() * (sentences - 1)))
  const killedAt = performance.now()
  let isBack: Promise<void> | undefined
  if (victim === 'redis') isBack = loseRedis()
  else await replica.kill()
  const times: { ms: number; isMidReply: boolean }[] = []
  const broken: string[] = []
  let unanswered = 0
  const follow = async ({ agent }: OpenCall, index: number) => {
    const before = agent.connections
    const isMidReply = begun[index] !== undefined
    const turnId = begun[index] ?? agent.turn(askForSentences(sentences, label(index)))
    const said = () =>
      agent.received.filter((one) => one.type === 'say' && one.turnId === turnId).length
    const saidBefore = said()
    if (isMidReply && saidBefore >= sentences) return // it was over when the replica died
    const giveUpAt = killedAt + limitMs
    while (said() === saidBefore && performance.now() < giveUpAt) await sleep(lookMs)
    const ms = performance.now() - killedAt
    if (said() === saidBefore) unanswered += 1
    else if (victim === 'redis' || agent.connections > before) times.push({ ms, isMidReply })
    const heard = () => agent.played.filter((one) => one.turnId === turnId).map((one) => one.index)
    while (heard().length < sentences && performance.now() < giveUpAt) await sleep(lookMs * 5)
    if (heard().join() !== [...heard().keys()].join() || heard().length !== sentences) {
      broken.push(`kill ${kill + 1}, call ${index}: ${heard().join(' ')}`)
    }
    if (agent.conflicts.length > 0) broken.push(`kill ${kill + 1}, call ${index}: two texts`)
  }
  await Promise.all(open.map(follow))
  await (isBack ?? replica.restart())
  return { times, broken, unanswered }
}

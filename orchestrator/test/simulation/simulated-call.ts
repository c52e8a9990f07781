import { setTimeout as sleep } from 'node:timers/promises'
import { epochNow } from '@trunkline/runtime'
import {
  askForGoodbye,
  askForSentences,
  createSimulatedAgent,
  type FakeJob,
  openJobChannel,
  type SimulatedAgent,
} from '@trunkline/testkit'
import { countCalls, endlessKeys, readEvents, settledRecord, storedEvent } from './look-back.ts'
import type { ExpectedTurn, Observed, SeenEvent } from './model.ts'
import type { Plan, Step } from './steps.ts'
import { workers } from './workers.ts'
import type { World } from './world.ts'

/** A sentence waits so long for Redis and no longer; on a machine that is this slow none can be judged. */
const overloadMs = 130
const sentenceMs = 20
const lookMs = 20
const letters = 'abcdefghijklmnopqrstuvwxyz'

class StepTimeout extends Error {
  override readonly name = 'StepTimeout'
}

/** Lives through a plan's call, and tells what there was to see. */
export async function liveCall(
  world: World,
  { plan, room, stepMs }: { plan: Plan; room: string; stepMs: number },
): Promise<{ observed: Observed; events: readonly SeenEvent[] }> {
  const caller = `sip_${room}`
  /** Every job that was started, and of those the ones that were given the call. */
  const employed: SimulatedAgent[] = []
  const agents: SimulatedAgent[] = []
  const checks: Promise<void>[] = []
  const unstored: string[] = []
  const turns: ExpectedTurn[] = []
  const digits: string[] = []
  const timedOut: string[] = []
  let deadJob: FakeJob | undefined
  let isOver = false
  let labels = 0
  let killedJobs = 0
  const label = () => {
    labels += 1
    const number = String(plan.seed * 100 + labels)
    return `x${[...number].map((digit) => letters[Number(digit)]).join('')}`
  }

  const isStored = async (callId: string, turnId: string, index: number) => {
    const rows = await world.redis.xrevrange(`call:${callId}:events`, '+', '-', 'COUNT', 200)
    return rows.some(([, [, json = '{}']]) => {
      const event = storedEvent.parse(JSON.parse(json))
      return event.type === 'say' && event.turnId === turnId && event.index === index
    })
  }
  const employ = (job: FakeJob) => {
    world.livekit.rooms.join(room, { identity: job.jobId, kind: 'agent' })
    const agent = createSimulatedAgent({
      ...{ url: world.url, token: world.tokens.agent },
      job: { room, roomSid: job.roomSid, jobId: job.jobId, metadata: job.metadata },
      playMs: () => sentenceMs,
      onMessage(message) {
        if (message.type !== 'say' || epochNow() - message.at > overloadMs) return
        const check = async () => {
          const { callId } = await agent.welcome
          const { turnId, index } = message
          if (!(await isStored(callId, turnId, index))) unstored.push(`${turnId} ${index}`)
        }
        checks.push(check())
      },
    })
    employed.push(agent)
    // One that was asked for in vain, as the job before it came back, is told to leave.
    void agent.welcome.then(() => agents.push(agent))
    world.livekit.rooms.whenEnded(room, () => {
      isOver = true
      agent.send({ type: 'call-ended', reason: 'room-deleted' })
    })
    agent.send({
      ...{ type: 'call-started', direction: 'inbound', participant: caller, called: '100' },
      sip: { callId: `SCL_${plan.seed}` },
    })
    agent.send({ type: 'call-status', status: 'active' })
    return agent
  }
  const current = () => {
    const agent = agents.at(-1)
    if (!agent) throw new StepTimeout('no job came')
    return agent
  }
  const until = async (what: string, fits: () => boolean) => {
    const giveUpAt = performance.now() + stepMs
    while (!fits()) {
      if (performance.now() > giveUpAt) throw new StepTimeout(what)
      await sleep(lookMs)
    }
  }
  /** Breaks the job's connection; the answer waits for the next one. Whoever is not back in time is taken for dead. */
  const drop = () => {
    const agent = current()
    const { connections } = agent
    agent.drop()
    return () => until('a connection', () => agent.connections > connections || current() !== agent)
  }
  const isHeard = (turnId: string, sentences: number) =>
    agents.flatMap(({ played }) => played.filter((one) => one.turnId === turnId)).length >=
    sentences
  const say = (sentences: number, isWhole: boolean) => {
    const turnId = current().turn(askForSentences(sentences, label()))
    turns.push({ turnId, sentences, isWhole })
    return turnId
  }
  const hear = (turnId: string, sentences: number) =>
    until(`${turnId} of ${sentences} sentences`, () => isHeard(turnId, sentences))
  const anySaid = (turnId: string) => () =>
    agents.some(({ received }) =>
      received.some((one) => one.type === 'say' && one.turnId === turnId),
    )
  const join = async (known: number) => {
    await until('a new job', () => agents.length > known)
    await Promise.race([
      current().welcome,
      sleep(stepMs).then(() => {
        throw new StepTimeout('a welcome')
      }),
    ])
  }

  const live = async (step: Step): Promise<void> => {
    switch (step.kind) {
      case 'turn':
        return hear(say(step.sentences, true), step.sentences)
      case 'hasty-turns': {
        const first = say(step.sentences, false)
        await sleep(5)
        const second = say(step.sentences, true)
        if (first === second) throw new Error('turns want names of their own')
        return hear(second, step.sentences)
      }
      case 'interrupt': {
        const turnId = say(step.sentences, false)
        await until(`a first sentence of ${turnId}`, anySaid(turnId))
        current().interrupt(turnId)
        return
      }
      case 'dtmf': {
        const digit = String(digits.length % 10)
        digits.push(digit)
        current().send({ type: 'dtmf', digit })
        return
      }
      case 'repeat':
        current().sendAgain(step.messages)
        return
      case 'drop': {
        const turnId = say(step.sentences, true)
        await until(`a first sentence of ${turnId}`, anySaid(turnId))
        const isBack = drop()
        await hear(turnId, step.sentences)
        return isBack()
      }
      case 'lose': {
        const isBack = drop() // what is said from here on finds no connection
        await hear(say(step.sentences, true), step.sentences)
        return isBack()
      }
      case 'stall':
        return current().stall(step.ms)
      case 'kill-job': {
        const known = agents.length
        const turnId = step.midTurn ? say(3, true) : undefined
        // An agent is killed when the orchestrator has its turn: one it never heard of is lost with the job.
        if (turnId) await until(`a first sentence of ${turnId}`, anySaid(turnId))
        else await until('acknowledgements', () => current().unacknowledged === 0)
        const { job } = current()
        deadJob = { ...job, dispatchId: '', agentName: '' }
        killedJobs += 1
        current().kill()
        await join(known)
        if (turnId) await hear(turnId, 3)
        return
      }
      case 'zombie': {
        if (!deadJob) return
        const { room: name, roomSid, jobId, metadata } = deadJob
        const zombie = openJobChannel({
          ...{ url: () => world.url, token: world.tokens.agent, onMessage() {} },
          job: { room: name, roomSid, jobId, metadata },
        })
        zombie.send({ type: 'dtmf', digit: 'D' })
        const end = await Promise.race([zombie.ended, sleep(stepMs).then(() => 'served')])
        zombie.close()
        if (end !== 'fenced') throw new StepTimeout(`a dead job was ${end}`)
        return
      }
      case 'bystander': {
        const identity = `bystander-${labels}`
        world.livekit.rooms.join(room, { identity, kind: 'agent' })
        world.livekit.rooms.leave(room, identity)
        return
      }
      default:
        step satisfies never
    }
  }
  const end = async () => {
    const operator = { authorization: `Bearer ${world.tokens.operator}` }
    switch (plan.ending) {
      case 'goodbye':
        turns.push({ turnId: current().turn(askForGoodbye), sentences: 1, isWhole: true })
        return
      case 'operator': {
        const { callId } = await current().welcome
        const response = await fetch(`${world.url}/v1/calls/${callId}/actions`, {
          method: 'POST',
          headers: { ...operator, 'content-type': 'application/json' },
          body: JSON.stringify({ action: 'hangup' }),
        }).catch(() => undefined) // the replica behind the balancer was just killed
        if (response?.ok) return
        break
      }
      case 'vanish':
        current().kill()
        world.livekit.rooms.leave(room, caller)
        return
      case 'caller-hangup':
        break
      default:
        plan.ending satisfies never
    }
    current().send({ type: 'call-ended', reason: 'caller-hangup' })
    world.livekit.rooms.leave(room, caller)
  }

  workers(world).set(room, employ)
  world.livekit.rooms.join(room, { identity: caller, kind: 'sip' })
  world.livekit.rooms.dispatch(room, 'trunkline', '')
  try {
    await join(0)
    for (const step of plan.steps) {
      await live(step)
      if (isOver) throw new StepTimeout(`the call ended by itself in ${JSON.stringify(step)}`)
    }
    await until('acknowledgements', () => current().unacknowledged === 0)
    await end()
    await until('the end of the room', () => isOver)
  } catch (error) {
    if (!(error instanceof StepTimeout)) {
      for (const agent of employed) agent.close()
      throw error
    }
    timedOut.push(error.message)
    world.livekit.rooms.leave(room, caller)
  }
  const { callId } = await Promise.race([
    agents[0]?.welcome ?? { callId: '' },
    sleep(0).then(() => ({ callId: '' })),
  ])
  const record = await settledRecord(world, callId)
  await Promise.all(checks)
  workers(world).delete(room)
  const unacknowledged = plan.ending === 'vanish' || timedOut.length > 0 ? 0 : await drained(agents)
  for (const agent of employed) agent.close()
  return {
    events: await readEvents(world, callId),
    observed: {
      callIds: new Set(welcomes(agents).map(({ callId: id }) => id)),
      epochs: welcomes(agents).map(({ epoch }) => epoch),
      ...{ turns, digits, timedOut, unstored, unacknowledged, killedJobs },
      jobs: agents.length,
      played: agents.flatMap(({ played }) => played),
      conflicts: agents.flatMap(({ conflicts }) => conflicts),
      callsInRoom: await countCalls(world, room),
      isRoomLeft: world.livekit.rooms.names().includes(room),
      finalState: record?.state,
      finalReason: record?.endReason,
      endless: await endlessKeys(world, callId),
    },
  }
}

function welcomes(agents: readonly SimulatedAgent[]) {
  return agents.flatMap(({ received }) => received.filter((one) => one.type === 'welcome'))
}

/** A call that is over takes no more messages: a job that comes back with its last ones is told so and leaves. */
async function drained(agents: readonly SimulatedAgent[]): Promise<number> {
  const last = agents.at(-1)
  let isTurnedAway = false
  void last?.ended.then((end) => {
    isTurnedAway = end === 'refused'
  })
  const giveUpAt = performance.now() + 2000
  while (last && last.unacknowledged > 0 && performance.now() < giveUpAt) await sleep(lookMs)
  return isTurnedAway ? 0 : (last?.unacknowledged ?? 0)
}

import { setTimeout as sleep } from 'node:timers/promises'
import { askForSentences, createSimulatedAgent, type SimulatedAgent } from '@trunkline/testkit'
import type { Rig } from './rig.ts'

/** Six a second, of which one in eighteen is a turn: a caller who says something every three seconds. */
export const eventsPerSecond = 6
const cycleEvents = 18

export interface OpenCall {
  readonly agent: SimulatedAgent
  readonly room: string
}

/** A caller's room with an agent that has been welcomed. */
export async function openCall(rig: Rig, name: string): Promise<OpenCall> {
  const room = `call_100_${name}`
  const { sid } = rig.livekit.rooms.join(room, { identity: `sip_${name}`, kind: 'sip' })
  const jobId = `AJ_${name}`
  rig.livekit.rooms.join(room, { identity: jobId, kind: 'agent' })
  const agent = createSimulatedAgent({
    ...{ url: rig.url, token: rig.tokens.agent },
    job: { room, roomSid: sid, jobId, metadata: '' },
  })
  rig.agents.add(agent)
  void agent.ended.then(() => rig.agents.delete(agent))
  rig.livekit.rooms.whenEnded(room, () => {
    agent.send({ type: 'call-ended', reason: 'room-deleted' })
    agent.close()
  })
  agent.send({
    ...{ type: 'call-started', direction: 'inbound', participant: `sip_${name}` },
    called: '100',
  })
  agent.send({ type: 'call-status', status: 'active' })
  await agent.welcome
  return { agent, room }
}

/** When a turn was sent and its first sentence came, by the label it asked for. */
export interface TurnTimes {
  readonly label: string
  readonly sentAt: number
  readonly saidAt: number
}

export interface TalkOptions {
  /** Small letters, unlike any other call's. */
  readonly label: string
  readonly signal: AbortSignal
  readonly onTurn: (times: TurnTimes) => void
}

/** Sends what an agent sends while a caller talks, evenly, until the signal aborts. */
export async function talk({ agent }: OpenCall, options: TalkOptions): Promise<void> {
  const { label, signal, onTurn } = options
  const gapMs = 1000 / eventsPerSecond
  // Calls do not speak in step.
  await sleep(Math.random() * gapMs * cycleEvents, undefined, { signal }).catch(() => {})
  let nextAt = performance.now()
  for (let count = 0; !signal.aborted; count += 1) {
    const at = count % cycleEvents
    if (at === 0) agent.send({ type: 'speech-start' })
    else if (at === 10) agent.send({ type: 'speech-end', speechMs: 1600 })
    else if (at === 11) {
      const text = 'a room for two nights please'
      agent.send({ type: 'transcript-final', text, language: 'en', confidence: 0.9 })
    } else if (at === 12) takeTurn(agent, { label: `${label}${letters(count)}`, onTurn })
    else agent.send({ type: 'transcript-interim', text: 'a room for two', language: 'en' })
    nextAt += gapMs
    await sleep(Math.max(0, nextAt - performance.now()), undefined, { signal }).catch(() => {})
  }
}

function takeTurn(
  agent: SimulatedAgent,
  { label, onTurn }: Pick<TalkOptions, 'label' | 'onTurn'>,
): void {
  const sentAt = performance.now()
  const turnId = agent.turn(askForSentences(1, label))
  const isSaid = () =>
    agent.received.some((message) => message.type === 'say' && message.turnId === turnId)
  void agent.until(isSaid).then(() => onTurn({ label, sentAt, saidAt: performance.now() }))
}

/** A number as small letters, which is all that a label may have. */
export function letters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
}

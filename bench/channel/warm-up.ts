import { askForSentences } from '@trunkline/testkit'
import type { Rig } from './rig.ts'
import { letters, openCall } from './talk.ts'

const atOnce = 20
const rounds = 3
const turnsPerCall = 15

/**
 * Short calls without a pause, ended by their callers: as an orchestrator that has run for a minute, the process has
 * its code compiled and its heap grown to what it uses between collections.
 */
export async function warmUp(rig: Rig, { signal }: { signal: AbortSignal }): Promise<void> {
  for (let round = 0; round < rounds && !signal.aborted; round += 1) {
    await Promise.all(
      Array.from({ length: atOnce }, (_, index) => oneCall(rig, round * atOnce + index)),
    )
  }
}

async function oneCall(rig: Rig, index: number): Promise<void> {
  const name = `warm${index}`
  const { agent, room } = await openCall(rig, name)
  const ended = new Promise<void>((resolve) => rig.livekit.rooms.whenEnded(room, resolve))
  for (let turn = 0; turn < turnsPerCall; turn += 1) {
    const turnId = agent.turn(askForSentences(1, `u${letters(index)}z${letters(turn)}`))
    await agent.until(() => agent.isFinished(turnId))
  }
  agent.send({ type: 'call-ended', reason: 'caller-hangup' })
  rig.livekit.rooms.leave(room, `sip_${name}`)
  await ended
}

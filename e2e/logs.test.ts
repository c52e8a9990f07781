import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { placeCall } from '../scripts/call/place-call.ts'
import { eventsOf } from './caller.ts'
import { listCalls, readCall } from './calls-api.ts'
import { callees, strangerNumber, unknownNumber } from './numbers.ts'
import { readRunningStack } from './running-stack.ts'

describe('the logs of a run', needs(['redis', 'livekit-server', 'sip']), () => {
  it('hold no number, name or word of any call', async () => {
    const { stack, runDir } = readRunningStack()
    const callerNumber = '+493023125444'
    const talked = await placeCall(stack, {
      from: callerNumber,
      steps: [
        { kind: 'say', text: 'I would like to see the reservation of Emma Fischer.' },
        { kind: 'say', text: 'Thank you, goodbye.' },
      ],
    })
    expect(talked.failure).toBeUndefined()
    expect(eventsOf(talked.events, 'turn-received').length).toBeGreaterThan(0)
    await placeCall(stack, { number: unknownNumber, from: strangerNumber })

    // Every call that this run has made so far, in whichever file.
    const calls = await Promise.all((await listCalls(stack)).map(({ id }) => readCall(stack, id)))
    const spoken = calls.flatMap(({ greeting, turns }) => [
      greeting,
      ...turns.flatMap(({ text, reply, heard = '' }) => [text, reply, heard]),
    ])
    const words = spoken
      .flatMap((text) => text.split(/(?<=[.?!])\s+/))
      .filter((text) => / .* /.test(text))
    expect(words.length).toBeGreaterThan(3)
    const callers = [unknownNumber, callerNumber, strangerNumber]
    const numbers = [stack.sip?.number ?? '', ...callers, ...Object.values(callees)]
    const folder = join(runDir, 'logs')
    const files = readdirSync(folder)
    expect(files).toContain('orchestrator.log')
    for (const file of files) {
      const log = readFileSync(join(folder, file), 'utf8')
      const secrets = new Set([...words, ...numbers.map(digitsOf), 'Emma Fischer'])
      const found = [...secrets].filter((secret) =>
        log.toLowerCase().includes(secret.toLowerCase()),
      )
      expect({ file, found }).toEqual({ file, found: [] })
    }
  })
})

function digitsOf(number: string): string {
  return number.replace('+', '')
}

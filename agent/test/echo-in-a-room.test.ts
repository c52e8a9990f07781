import { resample } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentWorld, startAgentWorld } from './agent-world.ts'
import { callRoom, espeak } from './room-caller.ts'
import { welcome } from './scripted-orchestrator.ts'
import { beginPcm } from './tone-router.ts'

const timeoutMs = 90_000
const text =
  'Of course. The double room with a view of the harbour is free, and breakfast is included. Would you like me to book it for you?'

/**
 * A speakerphone without a canceller, 20 dB down, and a recogniser that understands what comes back. Louder ones, which a
 * room's jitter buffer hides from the guard now and then, are measured by `bench turn-taking` at −10 to −30 dB.
 */
describe(
  'our voice, come back from a room',
  needs(['livekit-server', 'redis', 'espeak-ng']),
  () => {
    let world: AgentWorld

    beforeAll(async () => {
      world = await startAgentWorld(
        (message, orchestrator) => {
          // Whenever something is recognised, it is what we say.
          const greeting = { ...welcome.greeting, text: 'The double room with a view is free.' }
          if (message.type === 'hello') orchestrator.say({ ...welcome, greeting })
        },
        {
          answer(request, response) {
            beginPcm(response)
            const spoken = resample(espeak(request.text), { fromHz: 16_000, toHz: 24_000 })
            response.end(Buffer.from(spoken.buffer, spoken.byteOffset, spoken.byteLength))
          },
        },
      )
    }, timeoutMs)
    afterAll(() => world?.close(), timeoutMs)

    it(
      'neither stops us nor is answered, though it is understood',
      async () => {
        const options = { room: 'web_echo', identity: 'caller', agent: 'trunkline' }
        const token = await world.livekit.token({ ...options, metadata: '{"line":"test"}' })
        const caller = await callRoom({ url: world.livekit.url, token, echo: 0.1 })
        await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')
        world.asr.next('the double room with a view')
        const language = 'en'
        world.orchestrator.say({
          ...{ type: 'say', turnId: 'prompt-1', index: 0, text, language, voice: '' },
          ...{ kind: 'prompt', interruptible: true, last: true },
        })
        const { interrupted } = await world.orchestrator.seen(
          'heard',
          ({ turnId }) => turnId === 'prompt-1',
        )
        expect(interrupted).toBe(false)
        expect(world.orchestrator.received.some(({ type }) => type === 'turn')).toBe(false)
        await caller.hangUp()
        await world.orchestrator.seen('call-ended')
      },
      timeoutMs,
    )
  },
)

import type { Stack, synthesizeRequest } from '@trunkline/contracts'
import { firstVoicedAt } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { synthesizeCaller } from '../scripts/call/caller-voice.ts'
import { measureBargeIn } from '../scripts/call/measure.ts'
import { eventsOf, talkTo } from './caller.ts'
import { readCall } from './calls-api.ts'
import { editFile, hotelFile, untilInfo } from './hotel-files.ts'
import { drawMenu } from './long-text.ts'
import { createRandom } from './random.ts'
import { readRunningStack } from './running-stack.ts'
import { readMetrics } from './scrape.ts'
import { until } from './until.ts'

type SynthesizeBody = z.input<typeof synthesizeRequest>

/** From the caller's first sound to the agent's decision to stop, and a word still on its way. */
const stopAllowanceMs = 2500

describe(
  'a caller who speaks over the agent',
  needs(['redis', 'livekit-server', 'sip', 'postgres']),
  () => {
    it('gets silence before half of the reply has been played, and history keeps what was heard', async ({
      signal,
    }) => {
      const { databaseUrl, ...running } = readRunningStack()
      const { stack, seed } = running
      if (!databaseUrl) throw new Error('the stack has no PostgreSQL')
      const random = createRandom(seed, 'barge-in')
      const sentences = drawMenu(random, 4)
      const info = sentences.join(' ')
      const fullMs = await durationOf(stack, sentences, signal)
      expect(fullMs).toBeGreaterThan(6000)
      const afterMs = random.between(500, Math.round(fullMs / 2) - stopAllowanceMs)
      const voice = 'Flite.EN-GB.Awb'
      const [question, interruption] = await synthesizeCaller(
        stack,
        [
          'Please tell me about the restaurant.',
          'Excuse me, one moment please. When is breakfast?',
        ],
        { language: 'en', voice, signal },
      )
      if (!question || !interruption) throw new Error('the caller has no voice')
      const before = await readMetrics(stack.urls.ttsRouter)
      const restore = await editFile(running, hotelFile, (hotel) =>
        hotel.setIn(['info', 'restaurant'], info),
      )
      try {
        await untilInfo(databaseUrl, 'restaurant', info)
        let onsetAt = 0
        let recording: Parameters<typeof measureBargeIn>[0] = []
        const report = await talkTo(stack, { via: 'sip', voice }, async (caller) => {
          recording = caller.line.recording.received
          const ask = async () => {
            const { endedAt, lastVoicedAt } = await caller.line.play(question, { signal })
            const from = lastVoicedAt ?? endedAt
            const isAsked = await until('the agent has looked something up or answered', () => {
              const tools = eventsOf(caller.events, 'tool-called').filter(({ at }) => at >= from)
              if (tools.some(({ name }) => name === 'get_hotel_info')) return { isRestaurant: true }
              const isOver = eventsOf(caller.events, 'turn-finished').some(({ at }) => at >= from)
              return isOver ? { isRestaurant: false } : undefined
            })
            return { ...isAsked, from }
          }
          let asked = await ask()
          if (!asked.isRestaurant) {
            console.log('said once more, as a human would: the agent asked back')
            await until(
              'the agent is quiet',
              () =>
                caller.conversation.turns.every(({ heard }) => heard !== undefined) || undefined,
            )
            asked = await ask()
          }
          onsetAt = await caller.interrupt(interruption, { from: asked.from, afterMs })
        })

        const call = await readCall(stack, report.callId)
        const turn = call.turns.find(({ tools }) =>
          tools.some(({ name }) => name === 'get_hotel_info'),
        )
        if (!turn) throw new Error('the hotel was never asked')
        expect(turn.reply).toContain(info)
        const firstSay = eventsOf(report.events, 'say-started').find(
          ({ turnId }) => turnId === turn.turnId,
        )
        const replyAt = firstVoicedAt(recording, { from: firstSay?.at ?? 0 })
        if (replyAt === undefined) throw new Error('the reply was never heard')
        const answer = eventsOf(report.events, 'say-started').find(
          ({ turnId, at }) => turnId !== turn.turnId && at > onsetAt,
        )
        const bargeIn = measureBargeIn(recording, {
          onsetAt,
          ...(answer && { answerAt: answer.at }),
        })
        if (!bargeIn) throw new Error('the agent was not speaking when the caller began')
        const playedMs = bargeIn.silentAt - replyAt
        console.log(
          `spoke after ${afterMs} ms of ${Math.round(fullMs)}, quiet ${Math.round(bargeIn.stopMs)} ms later`,
        )
        expect(playedMs).toBeLessThan(fullMs / 2)
        expect(bargeIn.resumedMs).toBe(0)

        expect(turn.interrupted).toBe(true)
        const { heard = '' } = turn
        expect(turn.reply.startsWith(heard)).toBe(true)
        // What was played by time, give or take the pace of single words.
        const share = heard.length / info.length
        expect(share).toBeGreaterThan(playedMs / fullMs - 0.2)
        expect(share).toBeLessThan(playedMs / fullMs + 0.1)

        const synthesized = 'tts_engine_first_byte_seconds_count{engine="riva"}'
        const after = await readMetrics(stack.urls.ttsRouter)
        const begun = eventsOf(report.events, 'say-started').filter(
          ({ turnId }) => turnId === turn.turnId,
        )
        expect(
          after.value(synthesized) - before.value(synthesized),
          'the reply was synthesized in this call',
        ).toBeGreaterThanOrEqual(begun.length)
      } finally {
        await restore()
      }
    })
  },
)

/** How long the agent takes to say it, from audio that is made for this and kept nowhere. */
async function durationOf(
  { urls }: Stack,
  sentences: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0
  for (const text of sentences) {
    const response = await fetch(new URL('/synthesize', urls.ttsRouter), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text, language: 'en', cache: false } satisfies SynthesizeBody),
      signal,
    })
    if (!response.ok) throw new Error(`synthesize: status ${response.status}`)
    bytes += (await response.arrayBuffer()).byteLength
  }
  // 24 kHz, two bytes a sample.
  return bytes / 48
}

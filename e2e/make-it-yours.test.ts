import { findSpokenNumbers, needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { drawPrice } from './audible.ts'
import { eventsOf, talkTo } from './caller.ts'
import { cutOut, transcribe } from './hearing.ts'
import {
  editFile,
  hotelFile,
  lineFile,
  readDoubleRoom,
  setDoublePrice,
  untilPriced,
} from './hotel-files.ts'
import { createRandom } from './random.ts'
import { readRunningStack } from './running-stack.ts'

const names = [
  'Ocean View',
  'Green Garden',
  'Sunny Mountain',
  'Silver River',
  'Golden Bridge',
] as const

describe(
  'whoever makes the line their own (README)',
  needs(['redis', 'livekit-server', 'sip', 'postgres']),
  () => {
    it('changes greeting and price, and the next call says both', async ({ signal }) => {
      const { databaseUrl, ...running } = readRunningStack()
      const { stack, seed } = running
      if (!databaseUrl) throw new Error('the stack has no PostgreSQL')
      const random = createRandom(seed, 'make it yours')
      const name = random.pick(names)
      const price = await drawPrice(stack, random, { signal })
      const greeting = `Welcome to the ${name} Hotel. I am the hotel's AI assistant. What can I do for you?`
      const old = await readDoubleRoom(databaseUrl)
      // The greeting first: an orchestrator that has the price has read both files.
      const restoreLine = await editFile(running, lineFile, (line) =>
        line.setIn(['languages', 'en', 'greeting'], greeting),
      )
      const restoreHotel = await editFile(running, hotelFile, (hotel) =>
        setDoublePrice(hotel, price),
      )
      try {
        await untilPriced(databaseUrl, price)
        const question = 'How much is a double room for two nights from tomorrow?'
        const report = await talkTo(
          stack,
          { via: 'sip', voice: 'Flite.EN-GB.Awb' },
          async (caller) => {
            await caller.say(question)
            if (eventsOf(caller.events, 'tool-called').length > 0) return
            console.log('said once more, as a human would: the agent asked back')
            await caller.say(question)
          },
        )
        expect(report.greeting).toBe(greeting)
        const greeted = eventsOf(report.events, 'say-finished').find(
          ({ turnId }) => turnId === 'greeting',
        )
        const from = report.audio.startAt
        const heard = await transcribe(
          stack,
          cutOut(report.audio, { from, to: greeted?.at ?? from }),
        )
        const words = `${name} Hotel`.toLowerCase().split(' ')
        const understood = words.filter((word) => heard.toLowerCase().includes(word))
        expect(understood.length, `heard in RTP: ${heard}`).toBeGreaterThanOrEqual(2)

        const reply = eventsOf(report.events, 'say')
          .map(({ text }) => text)
          .join(' ')
        expect(findSpokenNumbers(reply)).toContain(price)
      } finally {
        await restoreHotel()
        await restoreLine()
        await untilPriced(databaseUrl, old.priceCents / 100)
      }
    })
  },
)

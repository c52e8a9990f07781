import { findSpokenNumbers } from '@trunkline/testkit'
import { expect } from 'vitest'
import type { CallReport } from '../scripts/call/place-call.ts'
import { drawPrice, drawQuestion } from './audible.ts'
import { eventsOf, talkTo } from './caller.ts'
import { cutOut, transcribe } from './hearing.ts'
import { editFile, hotelFile, readDoubleRoom, setDoublePrice, untilPriced } from './hotel-files.ts'
import { createRandom } from './random.ts'
import type { RunningStack } from './running-stack.ts'

/**
 * Somebody asks for a double room at a price that is written into the hotel's file just before, and hears the price
 * that is in the database. Price, days, wording and voice come from the run's seed.
 */
export async function askForRoom(
  running: RunningStack & { databaseUrl: string },
  { via, salt, signal }: { via: 'sip' | 'room'; salt: string; signal: AbortSignal },
): Promise<CallReport> {
  const { stack, databaseUrl, seed } = running
  const random = createRandom(seed, salt)
  const price = await drawPrice(stack, random, { signal })
  const restore = await editFile(running, hotelFile, (hotel) => setDoublePrice(hotel, price))
  try {
    await untilPriced(databaseUrl, price)
    const { hasRate } = await readDoubleRoom(databaseUrl)
    const today = hotelToday()
    const question = await drawQuestion(stack, random, { today, taken: hasRate, signal })
    const { stay, voice, text } = question
    console.log(`${via}, ${voice}: “${text}”, ${price} a night`)
    const asked = { room_type: 'double', check_in: stay.checkIn, check_out: stay.checkOut }
    const report = await talkTo(stack, { via, voice }, async (caller) => {
      await caller.play(question.pcm)
      if (wasAsked(caller.events, asked)) return
      const heard = eventsOf(caller.events, 'turn-received').map((turn) => turn.text)
      console.log(`said once more, as a human would: the agent heard “${heard.join(' ')}”`)
      await caller.play(question.pcm)
    })

    const { priceCents } = await readDoubleRoom(databaseUrl)
    const nights = (Date.parse(stay.checkOut) - Date.parse(stay.checkIn)) / 86_400_000
    const perNight = priceCents / 100
    const called = eventsOf(report.events, 'tool-called').filter(
      ({ name }) => name === 'check_availability',
    )
    expect(called.at(-1)?.arguments).toMatchObject(asked)
    const turnId = called.at(-1)?.turnId
    const result = eventsOf(report.events, 'tool-finished').findLast(
      (event) => event.turnId === turnId && event.name === 'check_availability',
    )
    expect(result).toMatchObject({
      ok: true,
      result: { available: true, price_per_night: perNight, total: perNight * nights, nights },
    })

    const says = eventsOf(report.events, 'say').filter((event) => event.turnId === turnId)
    const reply = says.map((say) => say.text).join(' ')
    expect(findSpokenNumbers(reply)).toContain(perNight)
    expect(reply).toMatch(/double room/i)

    const priced = says.find((say) => findSpokenNumbers(say.text).includes(perNight))
    const startedAt = (index: number | undefined) =>
      eventsOf(report.events, 'say-started').find(
        (event) => event.turnId === turnId && event.index === index,
      )?.at
    const from = startedAt(priced?.index)
    if (from === undefined || priced === undefined) throw new Error('the price was never said')
    // The whole reply, and the sentence alone: a small model hears some numbers in one of them only.
    const heard = [
      await transcribe(stack, cutOut(report.audio, { from: startedAt(0) ?? from })),
      await transcribe(stack, cutOut(report.audio, { from })),
    ]
    expect(heard.flatMap(findSpokenNumbers), `heard in RTP: ${heard.join(' | ')}`).toContain(
      perNight,
    )
    return report
  } finally {
    await restore()
  }
}

function wasAsked(events: CallReport['events'], asked: Readonly<Record<string, string>>): boolean {
  return eventsOf(events, 'tool-called').some(({ arguments: given }) =>
    Object.entries(asked).every(([name, value]) => given[name] === value),
  )
}

/** Today where the hotel is. */
function hotelToday(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date())
}

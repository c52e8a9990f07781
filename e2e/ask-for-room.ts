import { findSpokenNumbers } from '@trunkline/testkit'
import { expect } from 'vitest'
import type { CallReport } from '../scripts/call/place-call.ts'
import { drawPrice, drawQuestion, isUnderstood, type Question } from './audible.ts'
import { eventsOf, talkTo } from './caller.ts'
import { cutOut, transcribe } from './hearing.ts'
import { editFile, hotelFile, readDoubleRoom, setDoublePrice, untilPriced } from './hotel-files.ts'
import { createRandom, type Random } from './random.ts'
import type { RunningStack } from './running-stack.ts'

/** Calls until one is given up. */
const calls = 3

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
    const { question, report } = await askAloud(running, {
      ...{ via, price, random, signal },
      draw: { today: hotelToday(), taken: hasRate },
    })
    const { stay } = question

    const { priceCents } = await readDoubleRoom(databaseUrl)
    const nights = (Date.parse(stay.checkOut) - Date.parse(stay.checkIn)) / 86_400_000
    const perNight = priceCents / 100
    const called = eventsOf(report.events, 'tool-called').filter(
      ({ name }) => name === 'check_availability',
    )
    expect(called.at(-1)?.arguments).toMatchObject(argumentsOf(question))
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

/**
 * Calls and asks, and asks again as a human would. What the small recogniser of the stand-in wrote down wrongly both
 * times says nothing about the chain behind it: then another question is drawn for another call, three times at most.
 */
async function askAloud(
  { stack }: RunningStack,
  { via, price, random, draw, signal }: AskOptions,
): Promise<{ question: Question; report: CallReport }> {
  for (let attempt = 0; attempt < calls; attempt += 1) {
    const question = await drawQuestion(stack, random, { ...draw, signal })
    const { voice, text, stay } = question
    console.log(`${via}, ${voice}: “${text}”, ${price} a night`)
    const report = await talkTo(stack, { via, voice }, async (caller) => {
      await caller.play(question.pcm)
      if (wasAsked(caller.events, argumentsOf(question))) return
      console.log(`said once more, as a human would: the agent heard “${heardIn(caller.events)}”`)
      await caller.play(question.pcm)
    })
    const turns = eventsOf(report.events, 'turn-received')
    if (turns.some((turn) => isUnderstood(turn.text, stay))) return { question, report }
    console.log(`called again: the agent heard “${heardIn(report.events)}”`)
  }
  throw new Error(`the speech server understood no question in ${calls} calls`)
}

interface AskOptions {
  readonly via: 'sip' | 'room'
  readonly price: number
  readonly random: Random
  readonly draw: { today: string; taken: (night: string) => boolean }
  readonly signal: AbortSignal
}

function heardIn(events: CallReport['events']): string {
  return eventsOf(events, 'turn-received')
    .map((turn) => turn.text)
    .join(' | ')
}

function argumentsOf({ stay }: Question): Readonly<Record<string, string>> {
  return { room_type: 'double', check_in: stay.checkIn, check_out: stay.checkOut }
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

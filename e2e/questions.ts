import type { Random } from './random.ts'

/** Days as `YYYY-MM-DD`. */
export interface Stay {
  readonly checkIn: string
  readonly checkOut: string
}

type Wording = (stay: Stay) => string

/** Ways in which people ask for a double room; every one names both days. */
export const wordings: readonly [Wording, ...Wording[]] = [
  ({ checkIn, checkOut }) =>
    `Hello, do you have a double room from ${theDay(checkIn)} to ${theDay(checkOut)}?`,
  ({ checkIn, checkOut }) =>
    `Good day. I need a double room from ${monthDay(checkIn)} to ${monthDay(checkOut)}, please.`,
  ({ checkIn, checkOut }) =>
    `Is there a double room free from ${theDay(checkIn)} until ${theDay(checkOut)}?`,
  ({ checkIn, checkOut }) =>
    `What does a double room cost from ${theDay(checkIn)} to ${theDay(checkOut)}?`,
  ({ checkIn, checkOut }) =>
    `We would like a double room. We arrive on ${theDay(checkIn)} and leave on ${theDay(checkOut)}.`,
  ({ checkIn, checkOut }) =>
    `I am looking for a double room between ${theDay(checkIn)} and ${theDay(checkOut)}.`,
  ({ checkIn, checkOut }) =>
    `How much is a double room from ${monthDay(checkIn)} until ${monthDay(checkOut)}?`,
  ({ checkIn, checkOut }) =>
    `Could I stay in a double room from ${theDay(checkIn)} to ${theDay(checkOut)}?`,
  ({ checkIn, checkOut }) =>
    `Hi, my wife and I want a double room, check in ${monthDay(checkIn)}, check out ${monthDay(checkOut)}.`,
  ({ checkIn, checkOut }) =>
    `Do you still have double rooms available from ${theDay(checkIn)} through to ${theDay(checkOut)}?`,
]

const dayMs = 86_400_000

/** One to five nights, beginning within the next nine months, none of them in `taken` (a rate of its own). */
export function drawStay(
  random: Random,
  { today, taken = () => false }: { today: string; taken?: (night: string) => boolean },
): Stay {
  for (;;) {
    const from = Date.parse(today) + random.between(2, 270) * dayMs
    const nights = random.between(1, 5)
    const days = Array.from({ length: nights + 1 }, (_, index) => toDay(from + index * dayMs))
    const [checkIn = today] = days
    if (!days.slice(0, -1).some(taken)) return { checkIn, checkOut: days.at(-1) ?? today }
  }
}

function toDay(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10)
}

function theDay(day: string): string {
  return `the ${ordinalOf(day)} of ${monthOf(day)}`
}

function monthDay(day: string): string {
  return `${monthOf(day)} ${ordinalOf(day)}`
}

function monthOf(day: string): string {
  return new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.parse(day))
}

const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  )

function ordinalOf(day: string): string {
  return ordinals[Number(day.slice(8)) - 1] ?? ''
}

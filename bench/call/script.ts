import type { Step } from '../../scripts/call/options.ts'

/** What a caller of the bench says; drawn anew for each call, so that no reply comes out of the cache. */
export interface CallScript {
  readonly steps: readonly Step[]
  readonly interrupts: boolean
}

export interface ScriptOptions {
  readonly index: number
  /** From 0 to 1. */
  readonly random: () => number
  readonly today: Date
}

const interruptEvery = 2
const longestStayNights = 5
const bookableDays = 300
const dayMs = 86_400_000

/** A question about a room on random dates; in every second call a long reply that is interrupted; goodbye. */
export function draftCall({ index, random, today }: ScriptOptions): CallScript {
  const pick = (below: number) => Math.floor(random() * below)
  const from = new Date(today.getTime() + (7 + pick(bookableDays)) * dayMs)
  const until = new Date(from.getTime() + (1 + pick(longestStayNights)) * dayMs)
  const question = `Hello, do you have a double room from ${spoken(from)} to ${spoken(until)}?`
  const goodbye: Step = { kind: 'say', text: 'No thank you, goodbye.' }
  const ask: Step = { kind: 'say', text: question }
  if (index % interruptEvery !== interruptEvery - 1) {
    return { steps: [ask, goodbye], interrupts: false }
  }
  const interruption: Step = {
    kind: 'interrupt',
    text: 'Excuse me, what time is breakfast?',
    afterMs: 600 + pick(1500),
  }
  return { steps: [ask, interruption, goodbye], interrupts: true }
}

/** The shortest call there is. */
export const shortCall: CallScript = {
  steps: [{ kind: 'say', text: 'Goodbye.' }],
  interrupts: false,
}

/** `the third of December`: words are what people say, and all voices read them alike. */
function spoken(date: Date): string {
  const month = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(date)
  return `the ${ordinal(date.getUTCDate())} of ${month}`
}

const ordinals = [
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'],
  ...['tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth'],
  ...['seventeenth', 'eighteenth', 'nineteenth', 'twentieth'],
]

function ordinal(day: number): string {
  if (day === 30) return 'thirtieth'
  const small = ordinals[day - 1]
  if (small !== undefined) return small
  return `${day < 30 ? 'twenty' : 'thirty'}-${ordinals[(day % 10) - 1] ?? ''}`
}

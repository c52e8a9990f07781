import type { Stack } from '@trunkline/contracts'
import { concatPcm, decodeG711, encodeG711 } from '@trunkline/telephony'
import { findSpokenNumbers } from '@trunkline/testkit'
import { synthesizeCaller } from '../scripts/call/caller-voice.ts'
import { transcribe } from './hearing.ts'
import { drawStay, type Stay, wordings } from './questions.ts'
import type { Random } from './random.ts'

/** Voices of the stand-in for callers; the agent's own is not among them. */
const voices = ['Flite.EN-GB.Awb', 'Flite.EN-US.Slt', 'Espeak.EN-GB.Male'] as const

export interface Question {
  readonly text: string
  readonly voice: string
  readonly stay: Stay
  readonly pcm: Int16Array
}

const attempts = 40
const agentVoice = 'Flite.EN-US.Rms'

/**
 * Draws voice, wording and days until the small speech model of the stand-in, asked by itself, understands the
 * question: what it can never hear right says nothing about the chain that is tested. What it could not is printed.
 */
export async function drawQuestion(
  stack: Stack,
  random: Random,
  options: { today: string; taken: (night: string) => boolean; signal: AbortSignal },
): Promise<Question> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stay = drawStay(random, options)
    const text = random.pick(wordings)(stay)
    const voice = random.pick(voices)
    const pcm = await speak(stack, text, { voice, signal: options.signal })
    const heard = [await transcribe(stack, pcm), await transcribe(stack, asOnTheLine(pcm))]
    if (heard.every((one) => isUnderstood(one, stay))) return { text, voice, stay, pcm }
    console.log(`drawn again: ${voice} says “${text}”, heard “${heard.join('” and “')}”`)
  }
  throw new Error(`none of ${attempts} questions was understood by the speech server`)
}

/** Draws a whole price that the stand-in's ear gets from its own voice. */
export async function drawPrice(
  stack: Stack,
  random: Random,
  { signal }: { signal: AbortSignal },
): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const price = random.between(61, 289)
    const pcm = await speak(stack, `It is ${price} euros a night.`, { voice: agentVoice, signal })
    const heard = await transcribe(stack, pcm)
    if (findSpokenNumbers(heard).includes(price)) return price
    console.log(`drawn again: the price ${price} was heard as “${heard}”`)
  }
  throw new Error(`none of ${attempts} prices was understood by the speech server`)
}

async function speak(
  stack: Stack,
  text: string,
  { voice, signal }: { voice: string; signal: AbortSignal },
): Promise<Int16Array> {
  const [pcm] = await synthesizeCaller(stack, [text], { language: 'en', voice, signal })
  return pcm ?? new Int16Array()
}

/** Through G.711 and with some silence around it: what is understood only by luck is not understood twice. */
function asOnTheLine(pcm: Int16Array): Int16Array {
  const silence = new Int16Array(3000)
  return concatPcm([silence, decodeG711('PCMU', encodeG711('PCMU', pcm)), silence])
}

/** True when the kind of room was heard, and each day's number beside its month. */
export function isUnderstood(heard: string, { checkIn, checkOut }: Stay): boolean {
  const words = heard.toLowerCase()
  if (!/\bdouble\b/.test(words)) return false
  return [checkIn, checkOut].every((day) => {
    const date = new Date(`${day}T00:00:00Z`)
    const month = date.toLocaleString('en', { month: 'long', timeZone: 'UTC' }).toLowerCase()
    const number = `(?:${date.getUTCDate()}(?:st|nd|rd|th)?|${inWords(date.getUTCDate())})`
    return new RegExp(`\\b(?:${number} (?:of )?${month}|${month} (?:the )?${number})\\b`).test(
      words,
    )
  })
}

const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  )

function inWords(day: number): string {
  if (day <= 20) return ordinals[day - 1] ?? ''
  if (day === 30) return 'thirtieth'
  return `${day > 30 ? 'thirty' : 'twenty'}[- ]${ordinals[(day % 10) - 1] ?? ''}`
}

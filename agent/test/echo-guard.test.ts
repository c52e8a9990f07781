import { execFileSync } from 'node:child_process'
import { decodeG711, encodeG711, readWav, resample } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { createEchoGuard } from '../src/listening/echo-guard.ts'

const sentRateHz = 24_000
const rateHz = 16_000
const frameMs = 20
const windowSamples = 512

const ours =
  'Of course. The double room with a view of the harbour is one hundred and twenty euros a night, and breakfast is included. Would you like me to book it for you?'
const theirs =
  'No wait, please stop, I meant three nights and not two, and I would like a single room.'

function speak(voice: string, text: string, toHz: number): Int16Array {
  const wav = execFileSync('espeak-ng', ['-v', voice, '--stdout', text], { maxBuffer: 1 << 26 })
  const { sampleRateHz, channels } = readWav(wav)
  return resample(channels[0] ?? new Int16Array(), { fromHz: sampleRateHz, toHz })
}

function meanSquare(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length === 0 ? 0 : sum / samples.length
}

interface Line {
  readonly delayMs: number
  /** What a jitter buffer adds to it, later on and less again. */
  readonly swingMs?: number
  /** Of the echo against our own voice. */
  readonly gainDb: number
  /** Reflections after the first, as a small room makes them. */
  readonly room?: boolean
  /** What the caller says themselves, from `callerAtMs` on. */
  readonly caller?: Int16Array
  readonly callerAtMs?: number
  readonly noise?: number
}

const swings = [0, 1, 0.4, 0.8]
const swingEveryMs = 800

/** Our voice as it comes back over a telephone line: 8 kHz, µ-law, delayed, softer, with the caller over it. */
function overTheLine(sent: Int16Array, line: Line): { echo: Int16Array; heard: Int16Array } {
  const { delayMs, gainDb, room = false, caller, callerAtMs = 0, noise = 20, swingMs = 0 } = line
  const narrow = resample(sent, { fromHz: sentRateHz, toHz: 8000 })
  const gain = 10 ** (gainDb / 20)
  const paths = room ? [1, 0, 0.5, 0, -0.4, 0, 0, 0.3, 0, 0.2] : [1]
  const length = narrow.length + 8 * (delayMs + swingMs + 50)
  const echo = new Int16Array(length)
  const mixed = new Int16Array(length)
  const voice = caller ? resample(caller, { fromHz: rateHz, toHz: 8000 }) : new Int16Array()
  let seed = 1
  for (let index = 0; index < length; index += 1) {
    let sum = 0
    const swing = swings[Math.floor(index / 8 / swingEveryMs) % swings.length] ?? 0
    const delay = 8 * (delayMs + Math.round(swingMs * swing))
    for (const [path, weight] of paths.entries()) {
      sum += weight * (narrow[index - delay - path * 4] ?? 0)
    }
    echo[index] = Math.round(sum * gain)
    seed = (seed * 16_807) % 2_147_483_647
    const hiss = (seed / 2_147_483_647 - 0.5) * noise
    mixed[index] = Math.round((echo[index] ?? 0) + (voice[index - 8 * callerAtMs] ?? 0) + hiss)
  }
  const heard = decodeG711('PCMU', encodeG711('PCMU', mixed))
  const wide = { fromHz: 8000, toHz: rateHz }
  return { echo: resample(echo, wide), heard: resample(heard, wide) }
}

interface Window {
  readonly at: number
  readonly share: number
  readonly heardPower: number
  readonly echoPower: number
}

/** Plays it all in the order of time, as a call does: frames are sent, windows are heard. */
function run(sent: Int16Array, { echo, heard }: { echo: Int16Array; heard: Int16Array }): Window[] {
  const guard = createEchoGuard({ sentRateHz })
  const windows: Window[] = []
  const frame = (sentRateHz / 1000) * frameMs
  let sentUpTo = 0
  for (let end = windowSamples; end <= heard.length; end += windowSamples) {
    const at = end / 16
    for (; sentUpTo + frame <= sent.length && (sentUpTo + frame) / 24 <= at; sentUpTo += frame) {
      // The source's clock is known to some milliseconds.
      const jitterMs = (sentUpTo / frame) % 3
      guard.sent(sent.subarray(sentUpTo, sentUpTo + frame), (sentUpTo + frame) / 24 + jitterMs)
    }
    const samples = heard.subarray(end - windowSamples, end)
    const share = guard.shareOf(samples, at)
    const heardPower = meanSquare(samples)
    windows.push({
      ...{ at, share, heardPower },
      echoPower: meanSquare(echo.subarray(end - windowSamples, end)),
    })
  }
  return windows
}

const loud = 60 ** 2
/** Time for the delay to be found. */
const settleMs = 1200

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

describe('createEchoGuard', needs(['espeak-ng']), () => {
  const sent = speak('en-gb', ours, sentRateHz)
  const caller = speak('en-us+f3', theirs, rateHz)

  it.each(
    [40, 120, 250, 400].flatMap((delayMs) =>
      [-10, -20, -30].flatMap((gainDb) => [false, true].map((room) => ({ delayMs, gainDb, room }))),
    ),
  )('knows its own voice: $delayMs ms, $gainDb dB, room $room', (line) => {
    const windows = run(sent, overTheLine(sent, line)).filter(
      ({ at, echoPower }) => at > settleMs && echoPower > (line.gainDb === -30 ? 20 ** 2 : loud),
    )
    expect(windows.length).toBeGreaterThan(40)
    expect(median(windows.map(({ share }) => share))).toBeGreaterThan(0.8)
    const known = windows.filter(({ share }) => share > 0.5).length / windows.length
    expect(known).toBeGreaterThan(0.9)
  })

  it('knows its own voice while the delay moves, as in a room', () => {
    const line = { delayMs: 180, swingMs: 70, gainDb: -12 }
    const windows = run(sent, overTheLine(sent, line)).filter(
      ({ at, echoPower }) => at > settleMs && echoPower > loud,
    )
    const known = windows.filter(({ share }) => share > 0.5).length / windows.length
    expect(windows.length).toBeGreaterThan(40)
    expect(known).toBeGreaterThan(0.75)
  })

  it.each([
    { delayMs: 60, gainDb: -15 },
    { delayMs: 180, gainDb: -20 },
    { delayMs: 350, gainDb: -25 },
  ])('does not take a caller for an echo who speaks over one: $delayMs ms, $gainDb dB', (line) => {
    const windows = run(sent, overTheLine(sent, { ...line, caller, callerAtMs: 2500 }))
    const spoken = windows.filter(
      ({ at, heardPower, echoPower }) => at > 2600 && heardPower > 8 * echoPower + loud,
    )
    expect(spoken.length).toBeGreaterThan(40)
    const mistaken = spoken.filter(({ share }) => share > 0.5).length / spoken.length
    expect(mistaken).toBeLessThan(0.02)
  })

  it('finds no echo in a caller who speaks over us on a line without one', () => {
    const line = { delayMs: 200, gainDb: -120 }
    const windows = run(sent, overTheLine(sent, { ...line, caller, callerAtMs: 1000 }))
    expect(windows.filter(({ share }) => share > 0.3)).toEqual([])
  })

  it('finds no echo in another speaker with the very voice that we have', () => {
    const twin = speak('en-gb', theirs, rateHz)
    const line = { delayMs: 200, gainDb: -120 }
    const windows = run(sent, overTheLine(sent, { ...line, caller: twin, callerAtMs: 700 }))
    expect(windows.filter(({ share }) => share > 0.3)).toEqual([])
  })

  it('finds none in silence, and none when we have said nothing', () => {
    const quiet = run(new Int16Array(), overTheLine(sent, { delayMs: 100, gainDb: -15 }))
    expect(quiet.filter(({ share }) => share > 0)).toEqual([])
    const silent = { echo: new Int16Array(48_000), heard: new Int16Array(48_000) }
    expect(run(sent, silent).filter(({ share }) => share > 0)).toEqual([])
  })
})

import { decodeG711, encodeG711, resample } from '@trunkline/telephony'
import { describe, expect, it } from 'vitest'
import { findHeard } from './heard-audio.ts'
import { nextReplyAt } from './heard-turns.ts'
import { countHeardWords } from './heard-words.ts'

const text = 'We have a double room with a view of the garden for you and your family'

function createRandom(first: number) {
  let seed = first
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

/**
 * Sound with the make-up of speech: each word voiced pulses through two resonances of its own, 70 ms a letter,
 * 30 ms of silence between words. Where each word ends is known.
 */
function speak(words: readonly string[], rateHz: number) {
  const random = createRandom(words.join('').length * 77)
  const parts: number[] = []
  const endsMs: number[] = []
  for (const word of words) {
    const pitch = 90 + random() * 90
    for (const _letter of word) {
      const [low, high] = [300 + random() * 500, 1000 + random() * 1500]
      for (let index = 0; index < rateHz * 0.07; index += 1) {
        const t = parts.length / rateHz
        const pulse = Math.max(0, Math.sin(2 * Math.PI * pitch * t)) ** 4
        const tone = Math.sin(2 * Math.PI * low * t) + 0.6 * Math.sin(2 * Math.PI * high * t)
        parts.push(6000 * pulse * tone + 200 * (random() - 0.5))
      }
    }
    endsMs.push((parts.length / rateHz) * 1000)
    for (let index = 0; index < rateHz * 0.03; index += 1) parts.push(0)
  }
  return { pcm: Int16Array.from(parts, Math.round), endsMs }
}

const words = text.split(' ')
const spoken = speak(words, 24_000)
const known = resample(spoken.pcm, { fromHz: 24_000, toHz: 8000 })

/** What arrives: something else before, the known audio at another level through µ-law, hiss under all of it. */
function record(heard: Int16Array, { offset = 5003, gain = 0.5, hiss = 120 } = {}): Int16Array {
  const random = createRandom(4711)
  const other = resample(speak(['another', 'thing', 'that', 'was', 'said'], 24_000).pcm, {
    ...{ fromHz: 24_000, toHz: 8000 },
  })
  const whole = new Int16Array(offset + heard.length + 8000)
  whole.set(other.subarray(0, 4000))
  for (const [index, sample] of heard.entries()) whole[offset + index] = sample * gain
  for (const [index, sample] of whole.entries()) whole[index] = sample + hiss * (random() - 0.5)
  return decodeG711('PCMU', encodeG711('PCMU', whole))
}

describe('findHeard', () => {
  const lengthMs = known.length / 8
  it.each([400, 1333, 2671, 3790])('finds a cut at %i ms', (cutMs) => {
    const { heardMs, foundAt } = findHeard(record(known.subarray(0, cutMs * 8)), known)
    expect(Math.abs(heardMs - cutMs)).toBeLessThanOrEqual(30)
    expect(foundAt).toBe(5003)
  })

  it('finds all of what was heard to its end', () => {
    expect(findHeard(record(known), known).heardMs).toBe(lengthMs)
  })

  it('finds nothing of what was not said', () => {
    const other = resample(speak(['nobody', 'has', 'said', 'anything'], 24_000).pcm, {
      ...{ fromHz: 24_000, toHz: 8000 },
    })
    expect(findHeard(record(known), other).heardMs).toBe(0)
    expect(findHeard(new Int16Array(40_000), known).heardMs).toBe(0)
  })

  it('finds what has a gap in its first words', () => {
    const late = new Int16Array(known.length + 250 * 8)
    late.set(known.subarray(0, 160 * 8))
    late.set(known.subarray(160 * 8, 2500 * 8), 410 * 8)
    expect(Math.abs(findHeard(record(late), known).heardMs - 2500)).toBeLessThanOrEqual(30)
  })

  it('ends where the voice was ducked by 20 dB, though it went on', () => {
    const ducked = known.map((sample, index) => (index < 1500 * 8 ? sample : sample / 10))
    const { heardMs } = findHeard(record(ducked.subarray(0, 2500 * 8), { hiss: 20 }), known)
    expect(Math.abs(heardMs - 1500)).toBeLessThanOrEqual(30)
  })

  it('goes on behind a pause, and behind a packet that was lost', () => {
    const paused = new Int16Array(known.length + 700 * 8)
    paused.set(known.subarray(0, 1200 * 8))
    paused.set(known.subarray(1200 * 8, 3000 * 8), 1900 * 8)
    expect(Math.abs(findHeard(record(paused), known).heardMs - 3000)).toBeLessThanOrEqual(30)
    const lossy = known.slice(0, 3000 * 8)
    lossy.fill(0, 1000 * 8, 1020 * 8)
    expect(Math.abs(findHeard(record(lossy), known).heardMs - 3000)).toBeLessThanOrEqual(30)
  })
})

describe('findHeard where a machine is too busy', () => {
  it('goes on behind what was dropped, and what came late', () => {
    const pieces = [known.subarray(0, 900 * 8), known.subarray(940 * 8, 2000 * 8)]
    const dropped = Int16Array.from(
      [...pieces, known.subarray(2060 * 8)].flatMap((one) => [...one]),
    )
    expect(findHeard(record(dropped), known).heardMs).toBe(known.length / 8)
    const late = new Int16Array(known.length + 300 * 8)
    late.set(known.subarray(0, 1100 * 8))
    late.set(known.subarray(1100 * 8), 1400 * 8)
    expect(findHeard(record(late), known).heardMs).toBe(known.length / 8)
  })

  it('does not take one syllable of what is said after the cut for more of it', () => {
    const cut = new Int16Array(known.length + 4000 * 8)
    cut.set(known.subarray(0, 1300 * 8))
    cut.set(known.subarray(2400 * 8, 2520 * 8), 2600 * 8)
    expect(Math.abs(findHeard(record(cut), known).heardMs - 1300)).toBeLessThanOrEqual(30)
  })
})

describe('nextReplyAt', () => {
  const started = (turnId: string, index: number, at: number) =>
    ({ type: 'say-started', turnId, index, at }) as const

  it('is when another reply begins, so that the same words in it are not found', () => {
    const events = [started('a', 0, 1), started('a', 1, 2), started('b', 0, 3), started('c', 0, 4)]
    expect(nextReplyAt(events, 'a')).toBe(3)
    expect(nextReplyAt(events, 'c')).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('countHeardWords', () => {
  it('is right to a word wherever the audio is cut', () => {
    for (let heardMs = 0; heardMs <= known.length / 8; heardMs += 37) {
      const heard = spoken.endsMs.filter((endMs) => endMs <= heardMs).length
      expect(Math.abs(countHeardWords({ text, pcm: known, heardMs }) - heard)).toBeLessThanOrEqual(
        1,
      )
    }
  })

  it('counts no signs as words', () => {
    expect(countHeardWords({ text: '– one –', pcm: known, heardMs: 99_999 })).toBe(1)
  })
})

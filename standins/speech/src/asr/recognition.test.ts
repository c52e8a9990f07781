import { describe, expect, it } from 'vitest'
import { defaultEndpointing } from './endpointing.ts'
import type { AsrEngines } from './engines.ts'
import { Recognition, type RecognitionEvent } from './recognition.ts'
import { windowSamples } from './voice-activity.ts'

/** Loud samples are voiced; a text is as long as the audio in tenths of a second. */
function setUp({
  idle = true,
  stopMs = 800,
  pauseMs,
  finalMs = 0,
}: {
  idle?: boolean
  stopMs?: number
  pauseMs?: number
  finalMs?: number
} = {}) {
  const events: RecognitionEvent[] = []
  const jobs: { seconds: number; isInterim: boolean }[] = []
  const engines: AsrEngines = {
    isIdle: idle,
    async detect({ pcm, state }) {
      const probabilities = Float32Array.from(
        { length: pcm.length / windowSamples },
        (_, window) => ((pcm[window * windowSamples] ?? 0) > 1_000 ? 0.9 : 0.01),
      )
      return { probabilities, state }
    },
    async transcribe({ pcm }, { isInterim }) {
      const seconds = pcm.length / 16_000
      jobs.push({ seconds, isInterim })
      const count = Math.round(10 * seconds)
      return { text: `${count} tenths`, tokens: [count], logProbability: -0.1, computeMs: 0 }
    },
  }
  const recognition = new Recognition({
    engines,
    endpointing: { ...defaultEndpointing, stopMs, pauseMs },
    boosts: [],
    interimResults: true,
    finalMs,
    emit: (event) => events.push(event),
    onError: (error) => {
      throw error
    },
    signal: new AbortController().signal,
  })
  const hear = async (level: number, ms: number) => {
    for (let at = 0; at < ms; at += 32)
      await recognition.accept(new Int16Array(windowSamples).fill(level))
  }
  const kinds = () => events.map((event) => event.kind)
  return {
    recognition,
    events,
    jobs,
    kinds,
    speak: (ms: number) => hear(5_000, ms),
    pause: (ms: number) => hear(0, ms),
  }
}

describe('Recognition', () => {
  it('gives no final sooner than was declared', async () => {
    const { recognition, events, speak } = setUp({ finalMs: 60 })
    await speak(1_000)
    await recognition.finish()
    const final = events.find((event) => event.kind === 'final')
    expect(final?.latencyMs).toBeGreaterThanOrEqual(59)
  })

  it('gives interims that grow and one final per utterance', async () => {
    const { recognition, events, kinds, speak, pause } = setUp()
    await pause(500)
    await speak(2_000)
    await pause(1_000)
    await speak(1_000)
    await recognition.finish()
    expect(kinds().filter((kind) => kind === 'final')).toHaveLength(2)
    expect(kinds().filter((kind) => kind === 'interim').length).toBeGreaterThan(3)
    const times = events.map((event) => event.audioProcessedSeconds)
    expect(times).toEqual(times.toSorted((left, right) => left - right))
  })

  it('takes the text that is ready when nothing was said since, instead of transcribing again', async () => {
    const { recognition, jobs, kinds, speak, pause } = setUp()
    await speak(1_000)
    await pause(300)
    const before = jobs.length
    recognition.forceEnd()
    await recognition.finish()
    expect(jobs.length).toBe(before)
    expect(kinds().at(-1)).toBe('final')
  })

  it('transcribes anew when the caller was still speaking at the forced end', async () => {
    const { recognition, jobs, events, speak } = setUp()
    await speak(1_000)
    recognition.forceEnd()
    await recognition.finish()
    expect(jobs.at(-1)).toMatchObject({ isInterim: false })
    const last = events.at(-1)
    expect(last).toMatchObject({ kind: 'final', isForced: true, text: '10 tenths' })
  })

  it('answers a forced end with nothing when nobody spoke, after the finals before it', async () => {
    const { recognition, kinds, speak, pause } = setUp({ stopMs: 200 })
    recognition.forceEnd()
    await speak(500)
    await pause(500)
    recognition.forceEnd()
    await recognition.finish()
    expect(kinds().filter((kind) => kind !== 'interim')).toEqual(['nothing', 'final', 'nothing'])
  })

  it('makes no interim while every worker is busy, and still gives the final', async () => {
    const { recognition, jobs, kinds, speak, pause } = setUp({ idle: false })
    await speak(2_000)
    await pause(1_000)
    await recognition.finish()
    expect(kinds()).toEqual(['final'])
    expect(jobs).toHaveLength(1)
  })

  it('tells of a pause with stability 1 before the final, when asked to', async () => {
    const { recognition, events, speak, pause } = setUp({ pauseMs: 240 })
    await speak(1_000)
    await pause(500)
    expect(events.at(-1)).toMatchObject({ kind: 'interim', stability: 1 })
    await pause(500)
    await recognition.finish()
    expect(events.at(-1)).toMatchObject({ kind: 'final' })
  })

  it('sends the word and a little around it, not the silence', async () => {
    const { recognition, jobs, speak, pause } = setUp()
    await pause(5_000)
    await speak(640)
    await pause(2_000)
    await recognition.finish()
    expect(Math.max(...jobs.map((job) => job.seconds))).toBeLessThan(1.4)
  })

  it('loses nothing of an utterance that is too long for one transcript', async () => {
    const { recognition, events, speak } = setUp()
    await speak(50_000)
    await recognition.finish()
    const finals = events.filter((event) => event.kind === 'final')
    expect(finals.length).toBeGreaterThan(1)
    const tenths = finals.reduce((sum, final) => sum + Number.parseInt(final.text, 10), 0)
    expect(tenths).toBeGreaterThanOrEqual(498)
    expect(tenths).toBeLessThanOrEqual(502)
  })
})

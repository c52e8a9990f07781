import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Sound, watchLimits } from './limit-watch.ts'

const base = { seq: 1, at: 0 }
const audio = (
  state: 'speech' | 'silence' | 'music' | 'noise' | 'no-media',
  sinceMs = 0,
): Sound => ({
  ...base,
  type: 'caller-audio',
  state,
  sinceMs,
})
const interim = (text: string): Sound => ({
  ...base,
  type: 'transcript-interim',
  text,
  language: 'en',
})
const speech = (type: 'speech-start' | 'speech-end'): Sound => ({ ...base, type })

/** A call that is answered, with limits of 30 s of silence and 20 s on hold. */
function watch() {
  const said: string[] = []
  const created = Date.now()
  const limits = watchLimits({
    journal: {
      phase: 'listening',
      record: {
        ...{ id: 'c', line: 'l', state: 'active', room: 'r', roomSid: 's', greeting: '' },
        ...{ createdAt: created, activeAt: created, turns: [] },
      },
    },
    now: Date.now,
    ...{ callSeconds: 600, silenceSeconds: 30, holdSeconds: 20, reprompts: 2 },
    mayReprompt: () => true,
    onReprompt: () => said.push('asked'),
    onReached: (kind) => said.push(kind),
  })
  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)
  return { said, limits, pass }
}

describe('the watch over a call’s limits', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('asks a silent caller twice, then ends the call', () => {
    const { said, pass } = watch()
    pass(31)
    expect(said).toEqual(['asked', 'asked', 'silence'])
  })

  it('is put off by a word, and by no voice without words, however long', () => {
    const { said, limits, pass } = watch()
    for (let second = 0; second < 28; second += 1) {
      limits.heard(speech('speech-start'))
      limits.heard(interim(' '))
      pass(0.5)
      limits.heard(speech('speech-end'))
      pass(0.5)
    }
    expect(said).toEqual(['asked', 'asked'])
    limits.heard(interim('well'))
    pass(9)
    expect(said).toEqual(['asked', 'asked'])
    pass(22)
    expect(said).toEqual(['asked', 'asked', 'asked', 'asked', 'silence'])
  })

  it('does not take the hearing of its own question for a word', () => {
    const { said, limits, pass } = watch()
    pass(11)
    limits.heard({ ...base, type: 'heard', turnId: 'reprompt-1', text: 'You?', interrupted: false })
    pass(20)
    expect(said).toEqual(['asked', 'asked', 'silence'])
  })

  it.each(['music', 'no-media'] as const)(
    'waits in peace while there is %s, and then ends',
    (state) => {
      const { said, limits, pass } = watch()
      pass(8)
      limits.heard(audio(state, 2000))
      pass(17)
      expect(said).toEqual([])
      pass(2)
      expect(said).toEqual(['caller-hold'])
    },
  )

  it('goes on counting behind an announcement in the music, and words do not end it', () => {
    const { said, limits, pass } = watch()
    limits.heard(audio('music'))
    pass(10)
    limits.heard(audio('speech'))
    limits.heard(interim('your call is important to us'))
    pass(4)
    limits.heard(audio('music'))
    pass(7)
    expect(said).toEqual(['caller-hold'])
  })

  it('gives a caller who comes back the whole time of a silence', () => {
    const { said, limits, pass } = watch()
    limits.heard(audio('no-media'))
    pass(15)
    limits.heard(audio('silence'))
    pass(14) // five of them until it is sure that the hold is over
    expect(said).toEqual([])
    pass(2)
    expect(said).toEqual(['asked'])
  })
})

import { describe, expect, it } from 'vitest'
import { wordsHeard } from './words-heard.ts'

const text = 'We have a double room, for you.'

describe('wordsHeard', () => {
  it.each([
    [0, ''],
    [50, ''],
    [100, 'We'],
    [500, 'We have a'],
    [999, 'We have a double room, for you'],
    [1000, text],
    [2000, text],
  ])('after %i of 1000 ms: "%s"', (playedMs, heard) => {
    expect(wordsHeard(text, { playedMs, totalMs: 1000, language: 'en' })).toBe(heard)
  })

  it('never ends inside a word', () => {
    for (let playedMs = 0; playedMs < 1000; playedMs += 7) {
      const heard = wordsHeard(text, { playedMs, totalMs: 1000, language: 'en' })
      expect(text.startsWith(heard)).toBe(true)
      if (heard !== '') expect(text.charAt(heard.length)).not.toMatch(/[a-z]/i)
    }
  })

  it('finds words where there are no spaces', () => {
    const heard = wordsHeard('今日はいい天気です', { playedMs: 500, totalMs: 1000, language: 'ja' })
    expect(heard).toBe('今日は')
  })

  it('takes what is no language tag for one that has spaces', () => {
    expect(wordsHeard('one two', { playedMs: 60, totalMs: 100, language: '!' })).toBe('one')
  })
})

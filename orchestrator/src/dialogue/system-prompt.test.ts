import { describe, expect, it } from 'vitest'
import { toSystemPrompt } from './system-prompt.ts'

const line = { name: 'Hill Inn', persona: 'You are Robin.', timeZone: 'Asia/Tokyo' }
// Friday evening in London is Saturday in Tokyo.
const now = Date.parse('2026-11-20T18:00:00Z')

describe('toSystemPrompt', () => {
  it('tells persona, language and the date of the line’s time zone, the date last', () => {
    const prompt = toSystemPrompt({ line, language: 'de-DE', now })
    expect(prompt).toContain('Hill Inn')
    expect(prompt).toContain('You are Robin.')
    expect(prompt).toContain('reply in German')
    expect(prompt.endsWith('Today is Saturday, 2026-11-21.')).toBe(true)
  })

  it('differs between two days only at its end, so that its prefix can be cached', () => {
    const today = toSystemPrompt({ line, language: 'en', now })
    const later = toSystemPrompt({ line, language: 'en', now: now + 3 * 86_400_000 })
    const end = today.indexOf('Today is')
    expect(later.slice(0, end)).toBe(today.slice(0, end))
    expect(later).not.toBe(today)
  })

  it('takes LLM_SYSTEM_PROMPT instead of the built-in text, and keeps the rest', () => {
    const prompt = toSystemPrompt({ line, language: 'en', now, systemPrompt: 'Speak like a bard.' })
    expect(prompt.startsWith('Speak like a bard.')).toBe(true)
    expect(prompt).toContain('You are Robin.')
    expect(prompt).not.toContain('telephone. What you write')
  })
})

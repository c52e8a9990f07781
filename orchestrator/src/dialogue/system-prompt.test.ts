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
    expect(prompt.endsWith('Today is Saturday, 2026-11-21. It is about 03:00.')).toBe(true)
  })

  it('differs between two days only at its end, so that its prefix can be cached', () => {
    const today = toSystemPrompt({ line, language: 'en', now })
    const later = toSystemPrompt({ line, language: 'en', now: now + 3 * 86_400_000 })
    const end = today.indexOf('Today is')
    expect(later.slice(0, end)).toBe(today.slice(0, end))
    expect(later).not.toBe(today)
  })

  it('says whether the desk is open now, its hours and the quiet ones, and changes every five minutes', () => {
    const hours = {
      open: '07:00',
      close: '22:00',
      days: { sunday: 'closed' as const },
      closedDates: [],
    }
    const quietHours = { from: '22:00', to: '06:00' }
    const night = toSystemPrompt({ line: { ...line, hours, quietHours }, language: 'en', now })
    expect(night).toContain('from 07:00 to 22:00, but closed on sundays.')
    expect(night).toContain('Quiet hours are 22:00 to 06:00')
    expect(night).toContain(
      'It is about 03:00. The front desk is closed now; today it is open from 07:00 to 22:00. These are the quiet hours.',
    )
    const at = (minutes: number) =>
      toSystemPrompt({ line: { ...line, hours }, language: 'en', now: now + minutes * 60_000 })
    expect(at(4)).toBe(at(0))
    expect(at(5)).not.toBe(at(0))
    expect(at(5 * 60)).toContain('The front desk is open now')
    expect(at(24 * 60)).toContain('closed now; today it is not open')
  })

  it('takes LLM_SYSTEM_PROMPT instead of the built-in text, and keeps the rest', () => {
    const prompt = toSystemPrompt({ line, language: 'en', now, systemPrompt: 'Speak like a bard.' })
    expect(prompt.startsWith('Speak like a bard.')).toBe(true)
    expect(prompt).toContain('You are Robin.')
    expect(prompt).not.toContain('telephone. What you write')
  })
})

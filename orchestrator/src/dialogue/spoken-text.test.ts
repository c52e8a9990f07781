import { describe, expect, it } from 'vitest'
import { toSpokenText } from './spoken-text.ts'

const cases: readonly [string, string][] = [
  ['**Double room**: _129_ euros', 'Double room: 129 euros'],
  ['# Rooms', 'Rooms'],
  ['- a single room', 'a single room'],
  ['* `wifi` is free', 'wifi is free'],
  ['See [our page](https://example.com/a_b).', 'See our page.'],
  ['Welcome! 😊👍🏽 🇩🇪', 'Welcome!'],
  ['Family 👨‍👩‍👧 room ☀️', 'Family room'],
  ['Your code is snake_case_name', 'Your code is snake_case_name'],
  ['room | price', 'room, price'],
  ['कृपया प्रतीक्षा करें।', 'कृपया प्रतीक्षा करें।'],
  ['क्‍या', 'क्‍या'],
  ['2 * 3 = 6, #5', '2 3 = 6, #5'],
  ['---', ''],
  ['😊', ''],
  ['', ''],
]

describe('toSpokenText', () => {
  for (const [text, spoken] of cases) {
    it(`makes ${JSON.stringify(text)} speakable`, () => expect(toSpokenText(text)).toBe(spoken))
  }
})

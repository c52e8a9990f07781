import { expect, it } from 'vitest'
import { createRecognizer } from './recognizer.ts'

const words = [
  { text: 'a', startMs: 0, endMs: 300 },
  { text: 'room', startMs: 300, endMs: 700 },
]
const open = (wordErrorRate = 0) =>
  createRecognizer({ words, seed: 'test', language: 'en', wordErrorRate })

function hearUntil(recognizer: ReturnType<typeof open>, until: number) {
  const heard = []
  while (recognizer.nextAt <= until) {
    const one = recognizer.hear(recognizer.nextAt)
    if (one) heard.push(one)
  }
  return heard
}

it('tells a word 120 ms after its end at the soonest, and says what it has heard', () => {
  const [first] = hearUntil(open(), 700)
  expect(first).toMatchObject({ type: 'interim', text: 'a' })
  expect(first?.at).toBeGreaterThanOrEqual(420)
})

it('gives the final 220 ms after it was asked, and begins anew', () => {
  const recognizer = open()
  hearUntil(recognizer, 750)
  recognizer.flush(750)
  const finals = hearUntil(recognizer, 2000).filter(({ type }) => type === 'final')
  expect(finals).toMatchObject([{ at: 970, text: 'a room' }])
})

it('ends an utterance by itself after 800 ms of silence', () => {
  const [final, ...more] = hearUntil(open(), 4000).filter(({ type }) => type === 'final')
  expect(more).toEqual([])
  expect(final?.at).toBeGreaterThanOrEqual(700 + 800 + 120 + 220)
})

it('gets as many words wrong as it is told to', () => {
  const said = hearUntil(open(1), 900).at(-1)
  expect(said?.text).not.toBe('a room')
})

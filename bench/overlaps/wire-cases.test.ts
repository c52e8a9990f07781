import { expect, it } from 'vitest'
import { voices } from '../turn-taking/voices.ts'
import { planWireCases } from './wire-cases.ts'

const cases = planWireCases(50)
const ofKind = (kind: string) => cases.filter((one) => one.kind === kind)

it('has fifty of each kind, in clear English voices of the measuring set alone', () => {
  expect(ofKind('backchannel')).toHaveLength(50)
  expect(ofKind('interruption')).toHaveLength(50)
  const pauses = cases.flatMap(({ kind, spec }) =>
    kind === 'pause' ? spec.parts.slice(0, -1) : [],
  )
  expect(pauses.length).toBeGreaterThanOrEqual(50)
  const known = [...voices.measuring.en.filter((voice) => voice.startsWith('flite:')), 'asterisk']
  expect(cases.every(({ spec }) => known.includes(spec.voice))).toBe(true)
})

it('plans the same cases each time, and begins with them when fewer are wanted', () => {
  expect(planWireCases(50)).toEqual(cases)
  const few = planWireCases(4).map(({ spec }) => spec.id)
  expect(cases.map(({ spec }) => spec.id)).toEqual(expect.arrayContaining(few))
})

it('has pauses of every kind of turn', () => {
  const topics = ofKind('pause').flatMap(({ spec }) => ('topic' in spec ? spec.topic : []))
  expect(new Set(topics)).toEqual(new Set(['thinking', 'digits', 'spelling', 'date']))
})

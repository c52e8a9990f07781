import { describe, expect, it } from 'vitest'
import type { Perception } from './perception.ts'
import { isSameText } from './said.ts'
import { play, usualProfile, windows } from './scene.ts'

/** xorshift32: the same calls on every run, each from its own number. */
function createDice(seed: number) {
  let state = seed * 2654435761 + 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  return {
    below: (limit: number) => Math.floor(next() * limit),
    chance: (share: number) => next() < share,
  }
}

const words = 'yes no stop okay a room for two nights please and the uh seven five m e mm'.split(
  ' ',
)

interface RandomCall {
  readonly perceptions: readonly Perception[]
  /** Words of the finals, in order. */
  readonly said: readonly string[]
  readonly until: number
}

/** A call in which anything happens at any time, but the recogniser keeps its order: interims, then their final. */
function makeCall(seed: number, { hasOwnVoice }: { hasOwnVoice: boolean }): RandomCall {
  const dice = createDice(seed)
  const perceptions: Perception[] = []
  const said: string[] = []
  let at = 0
  let isSpeaking = false
  for (let part = 0; part < 12; part += 1) {
    const kinds = ['speech', 'silence', 'speech', 'echo', 'noise', 'silence'] as const
    const drawn = kinds[dice.below(kinds.length)] ?? 'silence'
    // Without our own voice there is no echo of it.
    const kind = drawn === 'echo' && !hasOwnVoice ? 'silence' : drawn
    const to = at + 32 * (1 + dice.below(60))
    perceptions.push(...windows(at, to, kind))
    if (kind === 'speech' && dice.chance(0.8)) {
      const text = Array.from(
        { length: 1 + dice.below(5) },
        () => words[dice.below(words.length)] ?? '',
      )
      for (let count = 1; count < text.length; count += 1) {
        const moment = at + ((to - at) * count) / text.length
        const stability = dice.chance(0.3) ? 1 : 0.5
        perceptions.push({
          type: 'interim',
          at: moment,
          text: text.slice(0, count).join(' '),
          stability,
        })
      }
      perceptions.push({ type: 'final', at: to, text: text.join(' '), confidence: 0.9 })
      said.push(...text)
    }
    if (hasOwnVoice && dice.chance(0.5)) {
      isSpeaking = !isSpeaking
      perceptions.push({
        type: 'own-voice',
        at: to + 1,
        isSpeaking,
        isInterruptible: dice.chance(0.7),
      })
    }
    if (dice.chance(0.2)) {
      const answer = { at: to, askedAt: to - dice.below(300), probability: dice.below(100) / 100 }
      perceptions.push({ type: 'end-of-turn', ...answer, threshold: 0.36 })
    }
    if (dice.chance(0.1))
      perceptions.push({ type: 'expect', at: to, expect: dice.chance(0.5) ? 'yes-no' : 'digits' })
    if (dice.chance(0.05)) perceptions.push({ type: 'cut-in', at: to, by: 'dtmf' })
    at = to
  }
  if (isSpeaking)
    perceptions.push({ type: 'own-voice', at: at + 2, isSpeaking: false, isInterruptible: true })
  perceptions.push(...windows(at, at + 4000, 'silence'))
  const inOrder = perceptions.toSorted((a, b) => a.at - b.at)
  return { perceptions: inOrder, said, until: at + 6000 }
}

const seeds = Array.from({ length: 80 }, (_, index) => index + 1)
const runCall = (seed: number, options: { hasOwnVoice: boolean }) => {
  const call = makeCall(seed, options)
  return { ...call, ...play(call.perceptions, { profile: usualProfile(), until: call.until }) }
}

describe('whatever happens in a call', () => {
  it('every word of the caller is committed once and in order while we are silent', () => {
    for (const seed of seeds) {
      const { commands, said } = runCall(seed, { hasOwnVoice: false })
      const committed = commands.flatMap((command) =>
        command.type === 'commit' ? [command.text] : [],
      )
      expect(`${seed}: ${committed.join(' ')}`).toBe(`${seed}: ${said.join(' ')}`)
    }
  })

  it('no turn is empty, and none is committed without new words', () => {
    for (const seed of seeds) {
      const { commands, said } = runCall(seed, { hasOwnVoice: true })
      const committed = commands.flatMap((command) =>
        command.type === 'commit' ? [command.text] : [],
      )
      expect(committed.filter((text) => text.trim() === '')).toEqual([])
      expect(committed.join(' ').split(' ').length).toBeLessThanOrEqual(said.length + 1)
    }
  })

  it('our voice goes down only while it is heard and may be interrupted, and what goes down comes up or stops', () => {
    for (const seed of seeds) {
      const { commands, perceptions } = runCall(seed, { hasOwnVoice: true })
      const own = perceptions.filter((one) => one.type === 'own-voice')
      const isAudible = (at: number) => own.findLast((one) => one.at <= at)
      let duckedAt: number | undefined
      for (const { type, at } of commands) {
        if (type !== 'duck' && type !== 'restore' && type !== 'interrupt') continue
        if (type !== 'restore')
          expect(isAudible(at)).toMatchObject({ isSpeaking: true, isInterruptible: true })
        if (type === 'duck') expect(duckedAt).toBeUndefined()
        if (type === 'restore') expect(duckedAt).toBeDefined()
        if (duckedAt !== undefined) expect(at - duckedAt).toBeLessThanOrEqual(5000)
        duckedAt = type === 'duck' ? at : undefined
      }
      expect(duckedAt).toBeUndefined()
    }
  })

  it('we are told to stop once for each time that we speak', () => {
    for (const seed of seeds) {
      const { commands, perceptions } = runCall(seed, { hasOwnVoice: true })
      const starts = perceptions.filter((one) => one.type === 'own-voice' && one.isSpeaking)
      for (const [index, { at }] of starts.entries()) {
        const until = starts[index + 1]?.at ?? Number.POSITIVE_INFINITY
        const stops = commands.filter(
          (one) => one.type === 'interrupt' && one.at >= at && one.at < until,
        )
        expect(stops.length).toBeLessThanOrEqual(1)
      }
    }
  })

  it('speculation is bounded, and taken back or overtaken by what is committed', () => {
    for (const seed of seeds) {
      const { commands } = runCall(seed, { hasOwnVoice: true })
      let begun = 0
      let open: string | undefined
      for (const command of commands) {
        if (command.type === 'speculate') {
          begun += 1
          expect(begun).toBeLessThanOrEqual(2)
          open = command.text
        }
        if (command.type === 'drop') {
          expect(open).toBeDefined()
          open = undefined
        }
        if (command.type === 'commit') {
          if (open !== undefined && isSameText(open, command.text)) expect(command.text).toBe(open)
          open = undefined
          begun = 0
        }
      }
    }
  })

  it('a step never asks to be woken for nothing: time alone ends', () => {
    for (const seed of seeds) {
      const { whys } = runCall(seed, { hasOwnVoice: true })
      expect(whys.length).toBeLessThan(2500)
    }
  })
})

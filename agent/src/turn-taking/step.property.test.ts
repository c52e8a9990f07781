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
  let final: Extract<Perception, { type: 'final' }> | undefined
  for (let part = 0; part < 12; part += 1) {
    const kinds = ['speech', 'silence', 'speech', 'echo', 'noise', 'silence'] as const
    const drawn = kinds[dice.below(kinds.length)] ?? 'silence'
    // Without our own voice there is no echo of it.
    const kind = drawn === 'echo' && !hasOwnVoice ? 'silence' : drawn
    const to = at + 32 * (1 + dice.below(60))
    // A final may be late, but comes before the words of the next utterance.
    if (final) perceptions.push({ ...final, at: kind === 'speech' ? at : Math.min(final.at, to) })
    final = undefined
    perceptions.push(...windows(at, to, kind))
    if (kind === 'speech' && dice.chance(0.8)) {
      const text = Array.from(
        { length: 1 + dice.below(5) },
        () => words[dice.below(words.length)] ?? '',
      )
      for (let count = 1; count <= text.length; count += 1) {
        const moment = at + ((to - at) * (count - dice.below(2) / 2)) / text.length
        const stability = dice.chance(0.5) ? 1 : 0.5
        perceptions.push({
          type: 'interim',
          at: moment,
          text: text.slice(0, count).join(' '),
          stability,
        })
      }
      final = { type: 'final', at: to + dice.below(1500), text: text.join(' '), confidence: 0.9 }
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
  if (final) perceptions.push(final)
  if (isSpeaking)
    perceptions.push({ type: 'own-voice', at: at + 2, isSpeaking: false, isInterruptible: true })
  perceptions.push(...windows(at, at + 4000, 'silence'))
  const inOrder = perceptions.toSorted((a, b) => a.at - b.at)
  return { perceptions: inOrder, said, until: at + 6000 }
}

const isWords = ({ type }: Perception) => type === 'interim' || type === 'final'
const seeds = Array.from({ length: 80 }, (_, index) => index + 1)
/** One speculation a turn: more of them are refused. */
const profile = { ...usualProfile(), maxSpeculations: 1 }
const playCall = (seed: number, options: { hasOwnVoice: boolean }) => {
  const call = makeCall(seed, options)
  return { ...call, ...play(call.perceptions, { profile, until: call.until }) }
}
/** Every call is played once, and looked at by several claims. */
const played = new Map<string, ReturnType<typeof playCall>>()
const runCall = (seed: number, options: { hasOwnVoice: boolean }) => {
  const key = `${seed} ${options.hasOwnVoice}`
  const run = played.get(key) ?? playCall(seed, options)
  played.set(key, run)
  return run
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
      let hasBegunAgain = false
      for (const command of commands) {
        // The caller goes on: what was guessed is taken back at the same moment.
        if (hasBegunAgain) expect(command.type).toBe('drop')
        hasBegunAgain = command.type === 'speech-start' && open !== undefined
        if (command.type === 'speculate') {
          begun += 1
          expect(begun).toBeLessThanOrEqual(profile.maxSpeculations)
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
      expect(`${seed}: ${open}`).toBe(`${seed}: undefined`)
    }
  })

  it('no turn is taken, and none is guessed, while the caller speaks', () => {
    for (const seed of seeds) {
      const { commands, perceptions } = runCall(seed, { hasOwnVoice: true })
      const heard = perceptions.filter((one) => one.type === 'window')
      for (const { type, at } of commands) {
        if (type !== 'commit' && type !== 'speculate') continue
        const last = heard.findLast((one) => one.at <= at)
        const isVoice = last && last.probability >= 0.5 && last.echo < 0.5
        expect(`${seed} at ${at}: ${isVoice}`).toBe(`${seed} at ${at}: false`)
      }
    }
  })

  it('a turn that rests on an interim has asked for its final', () => {
    let resting = 0
    for (const seed of seeds) {
      const { commands, perceptions } = runCall(seed, { hasOwnVoice: true })
      for (const { type, at } of commands) {
        if (type !== 'commit') continue
        const words = perceptions.findLast((one) => isWords(one) && one.at <= at)
        if (words?.type !== 'interim') continue
        resting += 1
        const onsetAt = commands.findLast((one) => one.type === 'speech-start' && one.at <= at)?.at
        const flushes = commands.filter(
          (one) => one.type === 'flush' && one.at >= (onsetAt ?? 0) && one.at <= at,
        )
        expect(`${seed} at ${at}: ${flushes.length > 0}`).toBe(`${seed} at ${at}: true`)
      }
    }
    expect(resting).toBeGreaterThan(10)
  })

  it('words that have stopped us are answered', () => {
    let stopped = 0
    for (const seed of seeds) {
      const { commands, whys } = runCall(seed, { hasOwnVoice: true })
      for (const [index, { type, at }] of commands.entries()) {
        const isByWords = whys.some(
          (one) => one.at === at && (one.why === 'meant: words' || one.why === 'meant: stop'),
        )
        if (type !== 'interrupt' || !isByWords) continue
        stopped += 1
        const answer = commands.slice(index).find((one) => one.type === 'commit')
        expect(`${seed} at ${at}: ${answer?.type}`).toBe(`${seed} at ${at}: commit`)
      }
    }
    expect(stopped).toBeGreaterThan(20)
  })

  it('a step never asks to be woken for nothing: time alone ends', () => {
    for (const seed of seeds) {
      const { whys } = runCall(seed, { hasOwnVoice: true })
      expect(whys.length).toBeLessThan(2500)
    }
  })
})

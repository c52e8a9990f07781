import type { SayRecord, TurnRecord } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { isUnspoken } from './unspoken.ts'

const say = (index: number, kind: SayRecord['kind'], text: string): SayRecord => ({
  ...{ index, kind, text, state: 'played' },
})
const turn = (changes: Partial<TurnRecord>): TurnRecord => ({
  ...{ turnId: 'turn-1', state: 'finished', receivedAt: 1, text: 'a room', language: 'en' },
  ...{ reply: 'Yes.', interrupted: false, tools: [], says: [say(0, 'reply', 'Yes.')] },
  ...changes,
})
const behindFiller = [say(0, 'filler', 'One moment.'), say(1, 'reply', 'Yes.')]

describe('a reply of which nothing could be spoken', () => {
  it.each<[string, Partial<TurnRecord>, boolean]>([
    ['is one that was played to its end without a word', { heard: '' }, true],
    ['is one whose filler alone was heard', { heard: 'One moment.', says: behindFiller }, true],
    ['is none while nothing is known of it', {}, false],
    ['is none that the caller cut off', { heard: '', interrupted: true }, false],
    ['is none of which a word was heard', { heard: 'Yes.' }, false],
    ['is none behind a filler', { heard: 'One moment. Yes.', says: behindFiller }, false],
    ['is none where nothing was to be said', { heard: '', says: [] }, false],
  ])('%s', (_claim, changes, expected) => {
    expect(isUnspoken(turn(changes))).toBe(expected)
  })
})

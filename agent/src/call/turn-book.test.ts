import { describe, expect, it } from 'vitest'
import { createTurnBook, type TurnKind } from './turn-book.ts'

describe('createTurnBook', () => {
  it('numbers turns that were answered one after the other', () => {
    const book = createTurnBook()
    expect(book.commit('a room please')).toEqual({
      isConfirmed: false,
      turnId: 'turn-1',
      text: 'a room please',
    })
    book.speaking('turn-1')
    book.finished('turn-1')
    expect(book.commit('thank you')).toEqual({
      isConfirmed: false,
      turnId: 'turn-2',
      text: 'thank you',
    })
  })

  it('goes on counting where the job before it stopped', () => {
    const book = createTurnBook()
    book.resume(7)
    expect(book.commit('and a taxi')).toEqual({
      isConfirmed: false,
      turnId: 'turn-8',
      text: 'and a taxi',
    })
    expect(book.maySpeak('turn-7')).toBe(true)
  })

  it('supersedes a turn of whose reply nothing was heard, and carries the words of all', () => {
    const book = createTurnBook()
    book.commit('a double room')
    expect(book.commit('from the third')).toEqual({
      isConfirmed: false,
      turnId: 'turn-2',
      text: 'a double room from the third',
      supersedes: 'turn-1',
    })
    expect(book.commit('to the fifth')).toEqual({
      isConfirmed: false,
      turnId: 'turn-3',
      text: 'a double room from the third to the fifth',
      supersedes: 'turn-2',
    })
    expect(book.maySpeak('turn-1')).toBe(false)
    expect(book.maySpeak('turn-2')).toBe(false)
    expect(book.maySpeak('turn-3')).toBe(true)
  })

  it('supersedes a turn whose reply was called off before it began to be heard', () => {
    const book = createTurnBook()
    book.commit('one')
    book.cancelled('turn-1')
    expect(book.maySpeak('turn-1')).toBe(false)
    expect(book.commit('two')).toMatchObject({ text: 'one two', supersedes: 'turn-1' })
  })

  it('begins a new turn when the reply had begun to be heard', () => {
    const book = createTurnBook()
    book.commit('one')
    book.speaking('turn-1')
    book.cancelled('turn-1')
    expect(book.commit('two')).toEqual({ isConfirmed: false, turnId: 'turn-2', text: 'two' })
    expect(book.maySpeak('turn-1')).toBe(false)
  })

  it('does not supersede a turn to which there was nothing to say', () => {
    const book = createTurnBook()
    book.commit('hm')
    book.finished('turn-1')
    expect(book.commit('two')).toEqual({ isConfirmed: false, turnId: 'turn-2', text: 'two' })
  })

  it('lets prompts of the orchestrator speak until they are over', () => {
    const book = createTurnBook()
    expect(book.maySpeak('prompt-1')).toBe(true)
    book.finished('prompt-1')
    expect(book.maySpeak('prompt-1')).toBe(false)
  })

  it('does not take a superseded turn up again when its last frame is reported late', () => {
    const book = createTurnBook()
    book.commit('one')
    book.commit('two')
    book.speaking('turn-1')
    expect(book.maySpeak('turn-1')).toBe(false)
  })

  it('gives a confirmed turn the number of its speculation', () => {
    const book = createTurnBook()
    expect(book.speculate('a room')).toEqual({ turnId: 'turn-1', text: 'a room' })
    expect(book.isSpeculative('turn-1')).toBe(true)
    expect(book.commit('a room please')).toEqual({
      turnId: 'turn-1',
      text: 'a room please',
      isConfirmed: true,
    })
    expect(book.isSpeculative('turn-1')).toBe(false)
    expect(book.maySpeak('turn-1')).toBe(true)
  })

  it('supersedes a speculation by the next one, and lets the one before speak no more', () => {
    const book = createTurnBook()
    book.speculate('a room')
    expect(book.speculate('a room for two')).toMatchObject({
      turnId: 'turn-2',
      supersedes: 'turn-1',
    })
    expect(book.maySpeak('turn-1')).toBe(false)
    expect(book.commit('a room for two')).toEqual({
      turnId: 'turn-2',
      text: 'a room for two',
      isConfirmed: true,
    })
  })

  it('leaves the open turn open while a speculation may come to nothing', () => {
    const book = createTurnBook()
    book.commit('a room')
    expect(book.speculate('for two')).toEqual({
      turnId: 'turn-2',
      text: 'a room for two',
      supersedes: 'turn-1',
    })
    expect(book.maySpeak('turn-1')).toBe(true)
    expect(book.drop()).toBe('turn-2')
    expect(book.drop()).toBeUndefined()
    expect(book.maySpeak('turn-2')).toBe(false)
    expect(book.commit('for three')).toEqual({
      turnId: 'turn-3',
      text: 'a room for three',
      supersedes: 'turn-1',
      isConfirmed: false,
    })
  })

  it.each<[string, TurnKind, TurnKind]>([
    ['a key from words', { source: 'speech' }, { source: 'dtmf' }],
    ['words from keys', { source: 'dtmf' }, { source: 'speech' }],
    ['chat from words', { source: 'speech' }, { source: 'text' }],
    ['a secret from other keys', { source: 'dtmf' }, { source: 'dtmf', isSecret: true }],
    ['other keys from a secret', { source: 'dtmf', isSecret: true }, { source: 'dtmf' }],
    ['a menu key from keys', { source: 'dtmf' }, { source: 'dtmf', isMenuKey: true }],
    ['keys from a menu key', { source: 'dtmf', isMenuKey: true }, { source: 'dtmf' }],
  ])('keeps %s apart', (_what, before, after) => {
    const book = createTurnBook()
    book.commit('one', before)
    expect(book.commit('two', after)).toEqual({
      isConfirmed: false,
      turnId: 'turn-2',
      text: 'two',
      callsOff: 'turn-1',
    })
    expect(book.maySpeak('turn-1')).toBe(false)
  })

  it('joins the keys of one secret', () => {
    const book = createTurnBook()
    const kind = { source: 'dtmf', isSecret: true } as const
    book.commit('1234', kind)
    expect(book.commit('56', kind)).toMatchObject({ text: '1234 56', supersedes: 'turn-1' })
  })

  it('speculates about words without the keys before them', () => {
    const book = createTurnBook()
    book.commit('1234', { source: 'dtmf', isSecret: true })
    expect(book.speculate('that is it')).toEqual({ turnId: 'turn-2', text: 'that is it' })
    expect(book.maySpeak('turn-1')).toBe(true)
    expect(book.commit('that is it')).toEqual({
      isConfirmed: true,
      turnId: 'turn-2',
      text: 'that is it',
      callsOff: 'turn-1',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { createTurnBook } from './turn-book.ts'

describe('createTurnBook', () => {
  it('numbers turns that were answered one after the other', () => {
    const book = createTurnBook()
    expect(book.commit('a room please')).toEqual({ turnId: 'turn-1', text: 'a room please' })
    book.speaking('turn-1')
    book.finished('turn-1')
    expect(book.commit('thank you')).toEqual({ turnId: 'turn-2', text: 'thank you' })
  })

  it('goes on counting where the job before it stopped', () => {
    const book = createTurnBook()
    book.resume(7)
    expect(book.commit('and a taxi')).toEqual({ turnId: 'turn-8', text: 'and a taxi' })
    expect(book.maySpeak('turn-7')).toBe(true)
  })

  it('supersedes a turn of whose reply nothing was heard, and carries the words of all', () => {
    const book = createTurnBook()
    book.commit('a double room')
    expect(book.commit('from the third')).toEqual({
      turnId: 'turn-2',
      text: 'a double room from the third',
      supersedes: 'turn-1',
    })
    expect(book.commit('to the fifth')).toEqual({
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
    expect(book.commit('two')).toEqual({ turnId: 'turn-2', text: 'two' })
    expect(book.maySpeak('turn-1')).toBe(false)
  })

  it('does not supersede a turn to which there was nothing to say', () => {
    const book = createTurnBook()
    book.commit('hm')
    book.finished('turn-1')
    expect(book.commit('two')).toEqual({ turnId: 'turn-2', text: 'two' })
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
})

import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createListening, toEndOfTurn } from './listening.ts'

function createHeard() {
  const sent: Outgoing[] = []
  let time = 1000
  const at = (now: number) => {
    time = now
  }
  const listening = createListening({
    language: 'en',
    send: (message) => void sent.push(message),
    now: () => time,
  })
  return { sent, listening, at }
}

describe('createListening', () => {
  it('counts the final from the end of speech', () => {
    const { sent, listening, at } = createHeard()
    listening.speechStarted(1)
    listening.speechEnded(1500, { speechMs: 400 })
    at(1580)
    listening.final({ text: 'hello', language: 'en-US', confidence: 0.9 })
    expect(sent).toEqual([
      { type: 'speech-start' },
      { type: 'speech-end', speechMs: 400 },
      {
        type: 'transcript-final',
        text: 'hello',
        language: 'en-US',
        confidence: 0.9,
        asrFinalMs: 80,
      },
    ])
    at(1800)
    listening.predicted({ probability: 0.8, threshold: 0.36 })
    expect(listening.takeTurn()).toEqual({
      language: 'en-US',
      speechEndedAt: 1500,
      asrFinalMs: 80,
      endOfTurn: { reason: 'model', probability: 0.8, delayMs: 300 },
    })
  })

  it('gathers the words of all finals of a turn, and none of the turn before', () => {
    const { listening } = createHeard()
    const word = (text: string) => ({ text, startMs: 0, endMs: 1 })
    const final = { text: 'x', language: '', confidence: 1 }
    listening.final({ ...final, words: [word('a')] })
    listening.final({ ...final, words: [word('b')] })
    expect(listening.takeTurn().words?.map(({ text }) => text)).toEqual(['a', 'b'])
    expect(listening.takeTurn()).not.toHaveProperty('words')
  })

  it('has no end of speech while the caller speaks again', () => {
    const { listening } = createHeard()
    listening.speechEnded(900, { speechMs: 1 })
    listening.speechStarted(5)
    listening.final({ text: 'x', language: '', confidence: 1 })
    expect(listening.takeTurn()).toMatchObject({ asrFinalMs: 0, language: 'en' })
    expect(listening.takeTurn()).not.toHaveProperty('speechEndedAt')
  })
})

describe('toEndOfTurn', () => {
  it.each([
    [
      { probability: 0.5, threshold: 0.36 },
      300,
      { reason: 'model', probability: 0.5, delayMs: 300 },
    ],
    [
      { probability: 0.2, threshold: 0.36 },
      2000,
      { reason: 'max-delay', probability: 0.2, delayMs: 2000 },
    ],
    [undefined, 300, { reason: 'silence', delayMs: 300 }],
    [undefined, undefined, { reason: 'silence' }],
  ])('%j after %s ms', (prediction, delayMs, endOfTurn) => {
    expect(toEndOfTurn(prediction, delayMs)).toEqual(endOfTurn)
  })
})

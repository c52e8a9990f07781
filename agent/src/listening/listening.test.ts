import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createListening } from './listening.ts'

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

const bySilence = { reason: 'silence' } as const

describe('createListening', () => {
  it('counts the final from the end of speech', () => {
    const { sent, listening, at } = createHeard()
    listening.speechStarted()
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
    expect(listening.takeTurn({ reason: 'model', probability: 0.8, endedAt: 1500 })).toEqual({
      language: 'en-US',
      speechEndedAt: 1500,
      asrFinalMs: 80,
      endOfTurn: { reason: 'model', probability: 0.8, delayMs: 300 },
    })
  })

  it('has a final that came before the end of speech was certain wait for nothing', () => {
    const { listening, at } = createHeard()
    listening.speechStarted()
    at(1400)
    listening.final({ text: 'x', language: '', confidence: 1 })
    expect(listening.takeTurn({ ...bySilence, endedAt: 1450 })).toMatchObject({ asrFinalMs: 0 })
  })

  it('gathers the words of all finals of a turn, and none of the turn before', () => {
    const { listening } = createHeard()
    const word = (text: string) => ({ text, startMs: 0, endMs: 1 })
    const final = { text: 'x', language: '', confidence: 1 }
    listening.final({ ...final, words: [word('a')] })
    const guess = listening.peekTurn(bySilence)
    listening.final({ ...final, words: [word('b')] })
    expect(guess.words?.map(({ text }) => text)).toEqual(['a'])
    expect(listening.takeTurn(bySilence).words?.map(({ text }) => text)).toEqual(['a', 'b'])
    expect(listening.takeTurn(bySilence)).not.toHaveProperty('words')
  })

  it('tells no delay of a final while the caller speaks again', () => {
    const { listening, sent } = createHeard()
    listening.speechEnded(900, { speechMs: 1 })
    listening.speechStarted()
    listening.final({ text: 'x', language: '', confidence: 1 })
    expect(sent.at(-1)).toMatchObject({ asrFinalMs: 0, language: 'en' })
    expect(listening.takeTurn(bySilence)).not.toHaveProperty('speechEndedAt')
  })
})

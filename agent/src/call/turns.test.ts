import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createListening } from '../listening/listening.ts'
import { createTurnMarks } from '../speaking/turn-marks.ts'
import { createTurnBook } from './turn-book.ts'
import type { Turn } from './turn-message.ts'
import { createTurns } from './turns.ts'

function start() {
  const sent: Outgoing[] = []
  const finished: string[] = []
  const send = (message: Outgoing) => void sent.push(message)
  const turns = createTurns({
    ...{ book: createTurnBook(), marks: createTurnMarks(), send, isListening: () => true },
    listening: createListening({ language: 'en', send }),
    speaker: { decide() {}, turnFinished: (turnId) => void finished.push(turnId) },
  })
  const ended = (text: string, kind: Omit<Turn, 'text' | 'confidence'>) =>
    turns.ended({ text, confidence: 1, ...kind }, { reason: 'unknown' })
  const lastTurn = () => sent.findLast(({ type }) => type === 'turn')
  return { turns, ended, lastTurn, sent, finished }
}

describe('createTurns', () => {
  it('tells no PIN in the words that are spoken after it', () => {
    const { turns, ended, sent, finished } = start()
    ended('1234', { source: 'dtmf', isSecret: true })
    turns.speculated({ text: "that's it", confidence: 1, source: 'speech' })
    ended("that's it", { source: 'speech' })
    const secret = sent.filter((message) => 'secret' in message && message.secret === true)
    expect(secret).toMatchObject([{ text: '1234', source: 'dtmf' }])
    const others = sent.filter((message) => !secret.includes(message))
    expect(JSON.stringify(others)).not.toContain('1234')
    expect(others).toMatchObject([
      { type: 'turn', turnId: 'turn-2', text: "that's it", speculative: true },
      { type: 'cancel', turnId: 'turn-1' },
      { type: 'turn-confirm', turnId: 'turn-2', text: "that's it" },
    ])
    expect(others.some((message) => 'supersedes' in message)).toBe(false)
    expect(finished).toEqual(['turn-1'])
  })

  it('takes for the secret what was keyed in, and not what was said before', () => {
    const { ended, lastTurn } = start()
    ended('One moment', { source: 'speech' })
    ended('1234', { source: 'dtmf', isSecret: true })
    expect(lastTurn()).toMatchObject({ text: '1234', secret: true })
  })

  it('tells a menu key by itself, whatever waits for its answer', () => {
    const { ended, lastTurn } = start()
    ended('Do you have parking?', { source: 'speech' })
    ended('1', { source: 'dtmf', isMenuKey: true })
    expect(lastTurn()).toMatchObject({ text: '1' })
    ended('0', { source: 'dtmf', isMenuKey: true })
    expect(lastTurn()).toMatchObject({ text: '0' })
  })
})

import { describe, expect, it } from 'vitest'
import { createDelayVotes } from './delay-votes.ts'

describe('createDelayVotes', () => {
  it('elects a delay on which several guesses agree', () => {
    const votes = createDelayVotes({ stepMs: 1 })
    for (const delayMs of [310, 120, 121, 450]) votes.vote(delayMs, 0.5)
    expect(votes.elected).toBeUndefined()
    votes.vote(120, 0.6)
    expect(Math.abs((votes.elected ?? 0) - 120)).toBeLessThanOrEqual(1)
  })

  it('elects none of guesses that scatter', () => {
    const votes = createDelayVotes({ stepMs: 1 })
    for (let index = 0; index < 100; index += 1) votes.vote((index * 61) % 600, 0.4)
    expect(votes.elected).toBeUndefined()
  })

  it('follows a line that changes, and stays through a spell of wrong guesses', () => {
    const votes = createDelayVotes({ stepMs: 1 })
    for (let index = 0; index < 10; index += 1) votes.vote(200, 0.8)
    for (let index = 0; index < 12; index += 1) votes.vote((index * 61) % 600, 0.3)
    expect(votes.elected).toBe(200)
    for (let index = 0; index < 20; index += 1) votes.vote(350, 0.8)
    expect(votes.elected).toBe(350)
  })

  it('believes a guess that cannot be by chance at once, and the next one too', () => {
    const votes = createDelayVotes({ stepMs: 1 })
    for (let index = 0; index < 24; index += 1) votes.vote(200, 0.6)
    votes.decide(235, 0.8)
    expect(votes.elected).toBe(235)
    votes.vote(200, 0.6)
    votes.decide(240.3, 0.7)
    expect(votes.elected).toBe(240)
  })
})

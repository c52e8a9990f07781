import { describe, expect, it } from 'vitest'
import { type TurnInput, type TurnPhase, toTurnInput, transitionTurn } from './turn-machine.ts'

const phases: readonly TurnPhase[] = ['idle', 'listening', 'processing', 'speaking', 'interrupted']
const inputs: readonly TurnInput[] = [
  ...(['caller-speaks', 'turn', 'agent-speaks', 'agent-done'] as const),
  ...(['interrupt', 'nothing-to-say', 'agent-gone'] as const),
]

const legal: readonly [TurnPhase, TurnInput, TurnPhase][] = [
  ['idle', 'caller-speaks', 'listening'],
  ['idle', 'turn', 'processing'],
  ['idle', 'agent-speaks', 'speaking'],
  ['listening', 'caller-speaks', 'listening'],
  ['listening', 'turn', 'processing'],
  ['listening', 'agent-speaks', 'speaking'],
  ['listening', 'agent-done', 'listening'],
  ['processing', 'caller-speaks', 'processing'],
  ['processing', 'turn', 'processing'],
  ['processing', 'agent-speaks', 'speaking'],
  ['processing', 'agent-done', 'processing'],
  ['processing', 'interrupt', 'listening'],
  ['processing', 'nothing-to-say', 'listening'],
  ['speaking', 'caller-speaks', 'speaking'],
  ['speaking', 'turn', 'processing'],
  ['speaking', 'agent-speaks', 'speaking'],
  ['speaking', 'agent-done', 'listening'],
  ['speaking', 'interrupt', 'interrupted'],
  ['interrupted', 'caller-speaks', 'listening'],
  ['interrupted', 'turn', 'processing'],
  ['interrupted', 'agent-speaks', 'speaking'],
  ['interrupted', 'agent-done', 'listening'],
  ['idle', 'agent-gone', 'idle'],
  ['listening', 'agent-gone', 'listening'],
  ['processing', 'agent-gone', 'processing'],
  ['speaking', 'agent-gone', 'listening'],
  ['interrupted', 'agent-gone', 'listening'],
]

describe('transitionTurn', () => {
  it.each(legal)('goes from %s by %s to %s', (phase, input, next) => {
    expect(transitionTurn(phase, input)).toBe(next)
  })

  it('refuses everything else', () => {
    const allowed = new Set(legal.map(([phase, input]) => `${phase} ${input}`))
    for (const phase of phases) {
      for (const input of inputs) {
        if (allowed.has(`${phase} ${input}`)) continue
        expect({ phase, input, next: transitionTurn(phase, input) }).toEqual({ phase, input })
      }
    }
  })
})

describe('toTurnInput', () => {
  const finished = { type: 'turn-finished', at: 1, turnId: 'turn-1' } as const

  it('waits for a reply to be played when there is one', () => {
    expect(toTurnInput(finished, { said: true })).toBeUndefined()
  })

  it('is done at once when there is nothing to say', () => {
    expect(toTurnInput(finished, { said: false })).toBe('nothing-to-say')
  })
})

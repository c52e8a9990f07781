import { type CallState, callState, endReason } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { type CallInput, isOver, toCallInput, transitionCall } from './call-machine.ts'

const inputs: readonly CallInput[] = [
  ...(['ring', 'activate', 'hold', 'resume', 'transfer', 'transfer-failed'] as const),
  ...(['bridge', 'end', 'finish', 'fail'] as const),
]

const legal: readonly [CallState, CallInput, CallState][] = [
  ['created', 'ring', 'ringing'],
  ['created', 'activate', 'active'],
  ['created', 'end', 'ending'],
  ['ringing', 'activate', 'active'],
  ['ringing', 'end', 'ending'],
  ['active', 'hold', 'held'],
  ['active', 'transfer', 'transferring'],
  ['active', 'end', 'ending'],
  ['held', 'resume', 'active'],
  ['held', 'end', 'ending'],
  ['transferring', 'bridge', 'bridged'],
  ['transferring', 'transfer-failed', 'active'],
  ['transferring', 'end', 'ending'],
  ['bridged', 'end', 'ending'],
  ['ending', 'finish', 'ended'],
  ['ending', 'fail', 'failed'],
]

describe('transitionCall', () => {
  it.each(legal)('goes from %s by %s to %s', (state, input, next) => {
    expect(transitionCall(state, input)).toBe(next)
  })

  it('refuses everything else', () => {
    const allowed = new Set(legal.map(([state, input]) => `${state} ${input}`))
    for (const state of callState.options) {
      for (const input of inputs) {
        if (allowed.has(`${state} ${input}`)) continue
        expect({ state, input, next: transitionCall(state, input) }).toEqual({ state, input })
      }
    }
  })

  it('leads every end reason from ending to a state that is over', () => {
    for (const reason of endReason.options) {
      const input = toCallInput({ type: 'call-ended', at: 1, reason })
      const next = input === undefined ? undefined : transitionCall('ending', input)
      expect({ reason, isOver: next !== undefined && isOver(next) }).toEqual({
        reason,
        isOver: true,
      })
    }
  })

  it('calls a lost agent a failure and a goodbye none', () => {
    expect(toCallInput({ type: 'call-ended', at: 1, reason: 'agent-lost' })).toBe('fail')
    expect(toCallInput({ type: 'call-ended', at: 1, reason: 'agent-goodbye' })).toBe('finish')
  })
})

import { SIPDispatchRuleInfo } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { matchRule } from './match-rule.ts'
import { roomNameOf } from './room-name.ts'

const calling = { caller: '+49151', called: '+49301', callerHost: '', sourceIp: '' }
const rule = (sipDispatchRuleId: string, fields: object) =>
  SIPDispatchRuleInfo.fromJson({
    sipDispatchRuleId,
    rule: { dispatchRuleCallee: { roomPrefix: 'call', randomize: true } },
    ...fields,
  })
const matched = (...rules: SIPDispatchRuleInfo[]) =>
  matchRule(rules, { trunkId: 'ST_1', calling })?.sipDispatchRuleId

describe('matchRule', () => {
  it('takes a rule of the trunk before one for every trunk, whatever numbers that one has', () => {
    const own = rule('own', { trunkIds: ['ST_2', 'ST_1'] })
    expect(matched(rule('any', { numbers: ['+49301'] }), own)).toBe('own')
    expect(matched(rule('other', { trunkIds: ['ST_2'] }))).toBeUndefined()
  })

  it('takes a rule with numbers before one without, letter by letter', () => {
    const listed = rule('listed', { inboundNumbers: ['+49151'] })
    expect(matched(rule('open', {}), listed)).toBe('listed')
    expect(matched(rule('open', {}), rule('spaced', { numbers: ['+49 301'] }))).toBe('open')
  })

  it('takes direct before individual before callee', () => {
    const direct = rule('direct', { rule: { dispatchRuleDirect: { roomName: 'lobby' } } })
    const individual = rule('own', { rule: { dispatchRuleIndividual: { roomPrefix: 'a' } } })
    expect(matched(rule('callee', {}), individual, direct)).toBe('direct')
    expect(matched(rule('callee', {}), individual)).toBe('own')
  })

  it('passes over a rule with a PIN', () => {
    const locked = { dispatchRuleDirect: { roomName: 'lobby', pin: '1234' } }
    expect(matched(rule('locked', { rule: locked }))).toBeUndefined()
  })
})

describe('roomNameOf', () => {
  const nameOf = (of: object) =>
    roomNameOf(rule('it', { rule: of }), { calling, random: () => 'R' })

  it.each([
    [{ dispatchRuleCallee: { roomPrefix: 'call', randomize: true } }, 'call_+49301_R'],
    [{ dispatchRuleCallee: { roomPrefix: 'call' } }, 'call_+49301'],
    [{ dispatchRuleIndividual: { roomPrefix: 'ind' } }, 'ind_+49151_R'],
    [{ dispatchRuleIndividual: { roomPrefix: '', noRandomness: true } }, '+49151'],
    [{ dispatchRuleDirect: { roomName: 'lobby' } }, 'lobby'],
  ])('%j is %s', (of, expected) => {
    expect(nameOf(of)).toBe(expected)
  })
})

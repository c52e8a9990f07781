import { SIPInboundTrunkInfo } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { type Calling, matchTrunk } from './match-trunk.ts'

const calling: Calling = {
  ...{ caller: '+4915112345678', called: '+49301234' },
  ...{ callerHost: 'carrier.example', sourceIp: '192.0.2.7' },
}
const trunk = (sipTrunkId: string, fields: object = {}) =>
  new SIPInboundTrunkInfo({ sipTrunkId, ...fields })
const matched = (...trunks: SIPInboundTrunkInfo[]) => {
  const match = matchTrunk(trunks, calling)
  return match.kind === 'trunk' ? match.trunk.sipTrunkId : match.kind
}

describe('matchTrunk', () => {
  it('takes the trunk of the called number before one for all numbers', () => {
    const named = trunk('named', { numbers: ['+49 (30) 12-34'] })
    expect(matched(trunk('any'), named)).toBe('named')
    expect(matched(trunk('any'), trunk('other', { numbers: ['+4999'] }))).toBe('any')
    expect(matched(trunk('other', { numbers: ['+4999'] }))).toBe('none')
  })

  it('finds two that are equally good in conflict', () => {
    expect(matched(trunk('one'), trunk('two'))).toBe('conflict')
    const numbers = ['+49301234']
    expect(matched(trunk('one', { numbers }), trunk('two', { numbers }))).toBe('conflict')
  })

  it.each([
    ['the caller’s number', { allowedNumbers: ['+49 151 12345678'] }, 'it'],
    ['another number', { allowedNumbers: ['+1'] }, 'none'],
    ['the caller’s address', { allowedAddresses: ['192.0.2.7'] }, 'it'],
    ['its network', { allowedAddresses: ['198.51.100.0/24', '192.0.2.0/29'] }, 'it'],
    ['a network beside it', { allowedAddresses: ['192.0.2.8/29'] }, 'none'],
    ['a network that is none', { allowedAddresses: ['192.0.2.7/33'] }, 'none'],
    ['the host in From', { allowedAddresses: ['carrier.example'] }, 'it'],
    [
      'a number, but not the address',
      { allowedNumbers: ['+4915112345678'], allowedAddresses: ['10.0.0.1'] },
      'none',
    ],
  ])('admits by %s', (_name, fields, expected) => {
    expect(matched(trunk('it', fields))).toBe(expected)
  })
})

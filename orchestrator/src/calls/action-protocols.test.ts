import { callAction, channelProtocol, oldestChannelProtocol } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { isKnownAction } from './action-protocols.ts'

const kinds = callAction.options.map(({ shape }) => shape.kind.value)
const known = (protocol: number) => kinds.filter((kind) => isKnownAction(kind, protocol))

describe('the actions that an agent knows', () => {
  it('are few in the oldest protocol', () => {
    expect(known(oldestChannelProtocol)).toEqual(['hangup', 'expect', 'mute', 'unmute'])
  })

  it('are not those of a warm transfer before protocol 3', () => {
    expect(kinds.filter((kind) => !isKnownAction(kind, 2))).toEqual(['consult', 'brief', 'bridge'])
  })

  it('are all of them in ours', () => {
    expect(known(channelProtocol)).toEqual(kinds)
  })
})

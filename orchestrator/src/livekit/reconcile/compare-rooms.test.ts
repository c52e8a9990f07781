import { operatorIdentityPrefix } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { compareRooms, type KnownCall, type Snapshot } from './compare-rooms.ts'

const now = 1_000_000
const call = (more: Partial<KnownCall> = {}): KnownCall => ({
  ...{ id: 'call-1', room: 'call_100_x', roomSid: 'RM_1' },
  ...{ state: 'active', createdAt: now - 60_000, standing: 'waiting', ...more },
})
const participant = (kind: 'sip' | 'agent' | 'other') => ({
  ...{ identity: kind, sid: `PA_${kind}`, kind, isActive: true, joinedAt: 0, attributes: {} },
})
const listed = { name: 'call_100_x', sid: 'RM_1', createdAt: now - 60_000 }
const inRoom = (...kinds: ('sip' | 'agent' | 'other')[]) =>
  new Map([['RM_1', kinds.map(participant)]])

const compare = (more: Partial<Snapshot>) =>
  compareRooms({
    ...{ calls: [], rooms: [], participants: new Map(), strangers: new Map() },
    ...{ lostAt: undefined, now, ...more },
  }).map(({ kind }) => kind)

describe('compareRooms', () => {
  const table: readonly (readonly [string, Partial<Snapshot>, readonly string[]])[] = [
    ['nothing known, nothing listed', {}, []],
    ['a call whose room is gone', { calls: [call()] }, ['room-gone']],
    ['the same with its channel open', { calls: [call({ standing: 'connected' })] }, []],
    ['a call too young to be judged', { calls: [call({ createdAt: now - 1000 })] }, []],
    ['an ending call, which ends itself', { calls: [call({ state: 'ending' })] }, []],
    ['an ended call whose room is gone', { calls: [call({ state: 'ended' })] }, []],
    ['a room older than the loss of the list', { calls: [call()], lostAt: now - 1000 }, []],
    ['a room younger than the loss', { calls: [call()], lostAt: now - 100_000 }, ['room-gone']],
    [
      'an ended call whose room is still there',
      { calls: [call({ state: 'failed' })], rooms: [listed] },
      ['room-left-over'],
    ],
    [
      'a bridged call between two humans',
      { calls: [call({ state: 'bridged' })], rooms: [listed], participants: inRoom('sip', 'sip') },
      [],
    ],
    [
      'a call whose caller has left the agent alone',
      { calls: [call()], rooms: [listed], participants: inRoom('agent') },
      ['caller-gone'],
    ],
    [
      'a call whose caller has left an operator alone',
      {
        ...{ calls: [call()], rooms: [listed] },
        participants: new Map([
          ['RM_1', [{ ...participant('other'), identity: `${operatorIdentityPrefix}1` }]],
        ]),
      },
      ['caller-gone'],
    ],
    [
      'a caller who is still being dialled',
      {
        calls: [call({ state: 'created', createdAt: now - 10_000 })],
        ...{ rooms: [listed], participants: inRoom('agent') },
      },
      [],
    ],
    [
      'a caller who was there and left soon',
      {
        calls: [call({ createdAt: now - 10_000 })],
        ...{ rooms: [listed], participants: inRoom('agent') },
      },
      ['caller-gone'],
    ],
    ['a browser’s call', { calls: [call()], rooms: [listed], participants: inRoom('other') }, []],
    ['a room nobody was asked about', { calls: [call()], rooms: [listed] }, []],
    [
      'an orphan whose room is gone',
      { calls: [call({ standing: 'orphan' })] },
      ['orchestrator-gone'],
    ],
    [
      'an orphan that was ending',
      { calls: [call({ standing: 'orphan', state: 'ending' })] },
      ['orchestrator-gone'],
    ],
    [
      'an orphan with a caller in its room',
      { calls: [call({ standing: 'orphan' })], rooms: [listed], participants: inRoom('sip') },
      ['room-unserved'],
    ],
    [
      'an orphan whose caller has left',
      { calls: [call({ standing: 'orphan' })], rooms: [listed], participants: inRoom() },
      ['orchestrator-gone'],
    ],
    [
      'a room without a call',
      { rooms: [listed], strangers: new Map([['RM_1', { kind: 'unknown' }]]) },
      ['room-unserved'],
    ],
    [
      'a room of another replica’s call',
      { rooms: [listed], strangers: new Map([['RM_1', { kind: 'elsewhere' }]]) },
      [],
    ],
    [
      'a room of a call that has long ended',
      { rooms: [listed], strangers: new Map([['RM_1', { kind: 'over', callId: 'call-0' }]]) },
      ['room-left-over'],
    ],
    ['a room nothing was found out about', { rooms: [listed] }, []],
    [
      'a room made anew under the name of an older one',
      { calls: [call()], rooms: [{ ...listed, sid: 'RM_2' }] },
      ['room-gone'],
    ],
  ]
  it.each(table)('%s', (_name, snapshot, expected) => {
    expect(compare(snapshot)).toEqual(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { type DispatchSituation, type DispatchStep, nextStep } from './dispatch-plan.ts'

const lost: DispatchSituation = {
  state: 'unserved',
  caller: 'there',
  isAnswered: true,
  hadJob: true,
  failures: 0,
}

const table: readonly [string, Partial<DispatchSituation>, DispatchStep][] = [
  ['dispatches for a caller without a job', {}, { kind: 'dispatch', attempt: 1 }],
  ['dispatches a third time after two failures', { failures: 2 }, { kind: 'dispatch', attempt: 3 }],
  ['has the last words said after three', { failures: 3 }, { kind: 'last-words' }],
  [
    'refuses a call that was not answered, which last words would answer',
    { failures: 3, isAnswered: false },
    { kind: 'end', reason: 'agent-lost' },
  ],
  [
    'tells that there was never an agent',
    { failures: 3, isAnswered: false, hadJob: false },
    { kind: 'end', reason: 'no-agent' },
  ],
  ['leaves a call alone that has its job', { state: 'served' }, { kind: 'leave' }],
  ['leaves a bridged or ended call alone', { state: 'settled', failures: 3 }, { kind: 'leave' }],
  [
    'ends a call whose caller has gone instead of making its room anew',
    { caller: 'gone' },
    { kind: 'end', reason: 'caller-hangup' },
  ],
  [
    'tells a room that is gone from a caller who is',
    { caller: 'room-gone' },
    { kind: 'end', reason: 'room-lost' },
  ],
  ['leaves a room alone that has no caller', { caller: 'gone', hadJob: false }, { kind: 'leave' }],
  ['leaves a room alone that is gone', { caller: 'room-gone', hadJob: false }, { kind: 'leave' }],
  [
    'tries when livekit-server does not say who is there',
    { caller: 'unknown', failures: 1 },
    { kind: 'dispatch', attempt: 2 },
  ],
  [
    'gives up the room of a livekit-server that says nothing any more',
    { caller: 'unknown', failures: 3 },
    { kind: 'end', reason: 'room-lost' },
  ],
]

describe('the next step for a call without a job', () => {
  for (const [claim, change, step] of table) {
    it(claim, () => expect(nextStep({ ...lost, ...change })).toEqual(step))
  }
})

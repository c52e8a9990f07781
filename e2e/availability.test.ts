import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { askForRoom } from './ask-for-room.ts'
import { readRunningStack } from './running-stack.ts'

/** Three calls, each with its question said twice. */
const timeout = 300_000

describe('a caller who asks for a double room', () => {
  it('hears over SIP the price that is in the database', {
    ...needs(['redis', 'livekit-server', 'sip', 'postgres']),
    timeout,
  }, async ({ signal }) => {
    const { databaseUrl, ...running } = readRunningStack()
    if (!databaseUrl) throw new Error('the stack has no PostgreSQL')
    const options = { via: 'sip', salt: 'availability', signal } as const
    const report = await askForRoom({ ...running, databaseUrl }, options)
    expect(report.via).toBe('sip')
  })

  it('hears it in a room, as a participant', {
    ...needs(['redis', 'livekit-server', 'postgres']),
    timeout,
  }, async ({ signal }) => {
    const { databaseUrl, ...running } = readRunningStack()
    if (!databaseUrl) throw new Error('the stack has no PostgreSQL')
    const options = { via: 'room', salt: 'availability in a room', signal } as const
    const report = await askForRoom({ ...running, databaseUrl }, options)
    expect(report.via).toBe('room')
  })
})

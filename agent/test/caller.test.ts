import { DisconnectReason } from '@livekit/rtc-node'
import { describe, expect, it } from 'vitest'
import { toEndReason } from '../src/call/caller.ts'

describe('toEndReason', () => {
  it.each([
    [DisconnectReason.CLIENT_INITIATED, 'caller-hangup'],
    [DisconnectReason.USER_REJECTED, 'caller-hangup'],
    [DisconnectReason.ROOM_DELETED, 'room-deleted'],
    [DisconnectReason.ROOM_CLOSED, 'room-deleted'],
    [DisconnectReason.SIP_TRUNK_FAILURE, 'disconnected'],
    [DisconnectReason.USER_UNAVAILABLE, 'disconnected'],
    [DisconnectReason.CONNECTION_TIMEOUT, 'disconnected'],
    [DisconnectReason.MEDIA_FAILURE, 'disconnected'],
    [DisconnectReason.SIGNAL_CLOSE, 'disconnected'],
    [DisconnectReason.DUPLICATE_IDENTITY, 'disconnected'],
    [undefined, 'disconnected'],
  ])('%s: %s', (reason, ended) => {
    expect(toEndReason(reason)).toBe(ended)
  })
})

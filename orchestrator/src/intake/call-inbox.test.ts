import { expect, it } from 'vitest'
import type { CallSession } from '../calls/session.ts'
import { createCallInbox } from './call-inbox.ts'

it('removes an event from the inbox only when it is in the call’s stream', async () => {
  const removed: string[][] = []
  const entries = [
    {
      entryId: '1-0',
      event: {
        ...{ type: 'external-event', at: 1, source: 'consent', id: 'e1' },
        ...{ kind: 'recording-consent', data: {} },
      },
    },
  ]
  const inbox = createCallInbox('call-1', {
    inbox: {
      read: async () => entries as never,
      remove: async (_callId, entryIds) => void removed.push([...entryIds]),
    },
    store: { readEvents: async () => [] },
    onTranscript: () => {},
    onOutcome: () => {},
    now: () => 1,
    gapMs: 1000,
  })
  let isInStream = false
  const put: string[] = []
  const session: Pick<CallSession, 'put' | 'stored' | 'isStored'> = {
    put: ({ type }) => put.push(type) > 0,
    stored: () => undefined, // Redis is away: nobody waits for it
    get isStored() {
      return isInStream
    },
  }
  await inbox.drain(session as CallSession)
  expect([put, removed]).toEqual([['external-event'], []])
  isInStream = true
  await inbox.drain(session as CallSession)
  expect([put, removed]).toEqual([['external-event'], [['1-0']]])
})

import { describe, expect, it } from 'vitest'
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts'

const text =
  ': heartbeat\n\nid: 1-0\nevent: say\ndata: {"text":"Grüß"}\n\nid: 1-1\r\ndata: a\r\ndata: b\r\n\r\ndata: unfinished'

const read = async (size: number) => {
  const bytes = new TextEncoder().encode(text)
  const cut = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const events: ServerSentEvent[] = []
  for await (const event of readServerSentEvents(cut())) events.push(event)
  return events
}

describe('readServerSentEvents', () => {
  it.each([1, 2, 3, 7, 1000])('gives the same events in pieces of %i bytes', async (size) => {
    expect(await read(size)).toEqual([
      { id: '1-0', data: '{"text":"Grüß"}' },
      { id: '1-1', data: 'a\nb' },
    ])
  })
})

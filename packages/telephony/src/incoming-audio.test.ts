import { describe, expect, it } from 'vitest'
import { encodeG711 } from './g711.ts'
import { createIncomingAudio, type ReceivedAudio } from './incoming-audio.ts'
import { encodeTelephoneEvent } from './telephone-event.ts'

const create = () => {
  const audio: ReceivedAudio[] = []
  const keys: string[] = []
  const incoming = createIncomingAudio({
    onAudio: (received) => audio.push(received),
    onKey: (digit) => keys.push(digit),
  })
  incoming.setEventType(101)
  const push = (sequence: number, changes: { payloadType?: number; payload?: Uint8Array } = {}) =>
    incoming.push(
      {
        payloadType: 0,
        marker: false,
        sequence,
        timestamp: sequence * 160,
        ssrc: 1,
        payload: encodeG711('PCMU', new Int16Array(160).fill(sequence * 100)),
        ...changes,
      },
      1000 + sequence,
    )
  return { incoming, audio, keys, push }
}

describe('createIncomingAudio', () => {
  it('decodes µ-law and A-law by the packet’s own type, with the time of its arrival', () => {
    const { audio, push } = create()
    push(1)
    push(2, { payloadType: 8, payload: encodeG711('PCMA', new Int16Array(80).fill(-4000)) })
    expect(audio.map(({ at, pcm }) => [at, pcm.length])).toEqual([
      [1001, 160],
      [1002, 80],
    ])
    expect(Math.abs((audio[1]?.pcm[0] ?? 0) + 4000)).toBeLessThan(100)
  })

  it('brings a stream with loss, reordering and repeats into order and counts it', () => {
    const { incoming, audio, push } = create()
    for (const sequence of [1, 3, 2, 2, 4, 7, 8, 9, 10, 5]) push(sequence)
    expect(audio.map(({ timestamp, lost }) => [timestamp / 160, lost])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [7, 2],
      [8, 0],
      [9, 0],
      [10, 0],
    ])
    expect(incoming.counts).toMatchObject({ received: 10, lost: 2, late: 2 })
  })

  it('reports a key once and counts what it does not know', () => {
    const { incoming, keys, push } = create()
    const payload = encodeTelephoneEvent({ digit: '#', isEnd: false, durationSamples: 160 })
    push(1, { payloadType: 101, payload })
    push(2, { payloadType: 13, payload: Uint8Array.of(60) })
    expect(keys).toEqual(['#'])
    expect(incoming.counts.unknown).toBe(1)
  })

  it('hands on what waits behind a lost packet when the call ends', () => {
    const { incoming, audio, push } = create()
    push(1)
    push(3)
    expect(audio).toHaveLength(1)
    incoming.flush()
    expect(audio[1]).toMatchObject({ timestamp: 480, lost: 1 })
  })
})

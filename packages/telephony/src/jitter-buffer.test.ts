import { describe, expect, it } from 'vitest'
import { createJitterBuffer, type OrderedPacket } from './jitter-buffer.ts'

const arrived = (sequence: number, ssrc = 1) => ({
  packet: {
    payloadType: 0,
    marker: false,
    sequence,
    timestamp: sequence * 160,
    ssrc,
    payload: new Uint8Array(160),
  },
  arrivedAt: sequence,
})
const seen = (packets: readonly OrderedPacket[]) =>
  packets.map(({ packet, lost }) => [packet.sequence, lost])

describe('createJitterBuffer', () => {
  it('hands on at once what comes in order, across the wrap of the sequence number', () => {
    const buffer = createJitterBuffer()
    const steps = [65534, 65535, 0, 1].map((sequence) => seen(buffer.push(arrived(sequence))))
    expect(steps).toEqual([[[65534, 0]], [[65535, 0]], [[0, 0]], [[1, 0]]])
  })

  it('holds a packet that came too early until the gap is closed', () => {
    const buffer = createJitterBuffer()
    buffer.push(arrived(1))
    expect(buffer.push(arrived(3))).toEqual([])
    expect(seen(buffer.push(arrived(2)))).toEqual([
      [2, 0],
      [3, 0],
    ])
    expect(buffer.counts).toEqual({ late: 0, duplicate: 0, lost: 0 })
  })

  it('gives a packet up as lost when as many as it may hold wait behind it', () => {
    const buffer = createJitterBuffer({ maxHeld: 3 })
    buffer.push(arrived(1))
    expect(buffer.push(arrived(4))).toEqual([])
    expect(buffer.push(arrived(5))).toEqual([])
    expect(seen(buffer.push(arrived(6)))).toEqual([
      [4, 2],
      [5, 0],
      [6, 0],
    ])
    expect(buffer.push(arrived(2))).toEqual([])
    expect(buffer.counts).toEqual({ late: 1, duplicate: 0, lost: 2 })
  })

  it('drops duplicates, waiting or handed on', () => {
    const buffer = createJitterBuffer()
    buffer.push(arrived(1))
    buffer.push(arrived(3))
    expect(buffer.push(arrived(3))).toEqual([])
    expect(buffer.push(arrived(1))).toEqual([])
    expect(buffer.counts).toMatchObject({ late: 1, duplicate: 1 })
  })

  it('starts anew with another source, after what the old one left', () => {
    const buffer = createJitterBuffer()
    buffer.push(arrived(1))
    buffer.push(arrived(3))
    expect(seen(buffer.push(arrived(9000, 2)))).toEqual([
      [3, 1],
      [9000, 0],
    ])
    expect(buffer.flush()).toEqual([])
  })

  it('starts anew when the same source jumps far away', () => {
    const buffer = createJitterBuffer()
    buffer.push(arrived(1))
    expect(seen(buffer.push(arrived(20000)))).toEqual([[20000, 0]])
    expect(seen(buffer.push(arrived(20001)))).toEqual([[20001, 0]])
  })

  it('hands on what waits when it is flushed', () => {
    const buffer = createJitterBuffer()
    buffer.push(arrived(1))
    buffer.push(arrived(4))
    expect(seen(buffer.flush())).toEqual([[4, 2]])
  })
})

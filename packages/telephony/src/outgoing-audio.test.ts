import { describe, expect, it } from 'vitest'
import { decodeG711 } from './g711.ts'
import { createOutgoingAudio } from './outgoing-audio.ts'
import { decodeTelephoneEvent } from './telephone-event.ts'

const format = { codec: 'PCMU', payloadType: 0, eventPayloadType: 101 } as const
const create = () => {
  const audio = createOutgoingAudio({ ssrc: 7, sequence: 65535, timestamp: 4294967200 })
  audio.setFormat(format)
  let slot = 0
  /** Lets `count` packets leave, 20 ms apart from time 1000. */
  const run = (count: number) =>
    Array.from({ length: count }, () => audio.next(1000 + 20 * slot++, 0)?.packet)
  return { audio, run }
}
const voice = (samples: number) =>
  Int16Array.from({ length: samples }, (_, index) => (index % 8 < 4 ? 4000 : -4000))

describe('createOutgoingAudio', () => {
  it('sends silence while nothing is played, numbered and timed across the wrap', () => {
    const { run } = create()
    const packets = run(3)
    expect(packets.map((packet) => [packet?.sequence, packet?.timestamp, packet?.marker])).toEqual([
      [65535, 4294967200, true],
      [0, 64, false],
      [1, 224, false],
    ])
    expect(packets[0]?.payload).toEqual(new Uint8Array(160).fill(0xff))
  })

  it('plays one after another and says when the last voiced sample left', async () => {
    const { audio, run } = create()
    const speech = new Int16Array(400)
    speech.set(voice(200))
    const first = audio.play(speech)
    const second = audio.play(voice(100))
    run(6)
    expect(await first).toEqual({
      startedAt: 1000,
      endedAt: 1040,
      firstVoicedAt: 1000,
      lastVoicedAt: 1020,
      sentSamples: 400,
      isComplete: true,
    })
    expect(await second).toMatchObject({ startedAt: 1060, sentSamples: 100 })
  })

  it('stops at once when the signal aborts, and goes on with what is next', async () => {
    const { audio, run } = create()
    const controller = new AbortController()
    const stopped = audio.play(voice(1600), { signal: controller.signal })
    const after = audio.play(voice(160))
    run(2)
    controller.abort()
    run(2)
    expect(await stopped).toMatchObject({ isComplete: false, sentSamples: 320, endedAt: 1020 })
    expect(await after).toMatchObject({ startedAt: 1040, isComplete: true })
  })

  it('sends keys as events of one timestamp each and goes on with audio after them', async () => {
    const { audio, run } = create()
    const keys = audio.sendKeys('1#', { keyMs: 40, gapMs: 20 })
    const packets = run(12)
    await keys
    const events = packets.filter((packet) => packet?.payloadType === 101)
    expect(events).toHaveLength(8)
    expect(new Set(events.map((packet) => packet?.timestamp)).size).toBe(2)
    expect(events.map((packet) => packet?.marker)).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      false,
      false,
    ])
    const digits = events.map((packet) => decodeTelephoneEvent(packet?.payload ?? new Uint8Array()))
    expect(digits.map((event) => event?.digit).join('')).toBe('1111####')
    const after = packets.at(-1)
    expect(after?.timestamp).toBe((4294967200 + 11 * 160) >>> 0)
  })

  it('refuses keys when the peer takes none, and characters that are no keys', async () => {
    const { audio } = create()
    await expect(audio.sendKeys('x')).rejects.toThrow(RangeError)
    audio.setFormat({ ...format, eventPayloadType: undefined })
    await expect(audio.sendKeys('1')).rejects.toMatchObject({ code: 'bad-answer' })
  })

  it('sends nothing while on hold and keeps time, so that nothing played is lost', async () => {
    const { audio, run } = create()
    run(1)
    audio.setSending(false)
    const played = audio.play(voice(160))
    expect(run(3)).toEqual([undefined, undefined, undefined])
    audio.setSending(true)
    const [packet] = run(2)
    expect(packet).toMatchObject({ sequence: 0, marker: true, timestamp: (4294967200 + 640) >>> 0 })
    expect(decodeG711('PCMU', packet?.payload ?? new Uint8Array())[0]).toBeGreaterThan(3000)
    expect(await played).toMatchObject({ startedAt: 1080 })
  })

  it('jumps ahead in time over slots that were given up', () => {
    const { audio, run } = create()
    run(1)
    expect(audio.next(2000, 50)?.packet).toMatchObject({
      sequence: 0,
      marker: true,
      timestamp: (4294967200 + 51 * 160) >>> 0,
    })
  })

  it('ends what is queued with an error when it is closed, and what comes later too', async () => {
    const { audio } = create()
    const queued = audio.play(voice(160))
    audio.close()
    await expect(queued).rejects.toMatchObject({ code: 'call-over' })
    await expect(audio.play(voice(160))).rejects.toMatchObject({ code: 'call-over' })
  })
})

import { describe, expect, it } from 'vitest'
import { codecOf, payloadTypes } from './codec.ts'
import { createIncomingAudio, type ReceivedAudio } from './incoming-audio.ts'
import { levelDbfs } from './level.ts'
import { createOutgoingAudio } from './outgoing-audio.ts'
import { agree, parseSdp, writeOffer } from './sdp.ts'

const tone = (hertz: number, sampleRateHz: number) =>
  Int16Array.from({ length: sampleRateHz / 5 }, (_, at) =>
    Math.round(8000 * Math.sin((2 * Math.PI * hertz * at) / sampleRateHz)),
  )

/** Ten packets from one phone to another, without sockets. */
function carry(codec: 'PCMU' | 'G722', pcm: Int16Array, sampleRateHz: 8000 | 16000) {
  const heard: ReceivedAudio[] = []
  const incoming = createIncomingAudio({
    onAudio: (audio) => heard.push(audio),
    onKey: () => undefined,
  })
  const outgoing = createOutgoingAudio({ ssrc: 1, sequence: 1, timestamp: 0 })
  outgoing.setFormat({ codec, payloadType: payloadTypes[codec], eventPayloadType: undefined })
  const played = outgoing.play(pcm, { sampleRateHz })
  const packets = Array.from({ length: 11 }, (_, slot) => outgoing.next(slot * 20, 0)?.packet)
  for (const packet of packets) if (packet) incoming.push(packet, 0)
  return { heard, packets, played }
}

describe('a call with G.722', () => {
  it('offers payload type 9 at a clock of 8000 and agrees on it where both have it', () => {
    const local = { host: '127.0.0.1', port: 4000, sessionId: '1', version: 1 } as const
    const text = writeOffer({ ...local, direction: 'sendrecv' }, ['G722', 'PCMU'])
    expect(text).toContain('m=audio 4000 RTP/AVP 9 0 101\r\na=rtpmap:9 G722/8000')
    const offer = parseSdp(text)
    expect(offer && agree(offer, ['PCMU', 'G722'])).toMatchObject({ codec: 'G722', payloadType: 9 })
    expect(offer && agree(offer, ['PCMU'])).toMatchObject({ codec: 'PCMU' })
  })

  it('carries what lies above 4 kHz, in packets that count 160 of the clock', async () => {
    const { heard, packets, played } = carry('G722', tone(6000, 16000), 16000)
    expect(
      packets.slice(0, 3).map((packet) => [packet?.timestamp, packet?.payload.length]),
    ).toEqual([0, 160, 320].map((timestamp) => [timestamp, 160]))
    const { wideband, pcm } = heard[5] ?? {}
    expect(wideband?.length).toBe(320)
    expect(levelDbfs(wideband ?? new Int16Array())).toBeGreaterThan(-17)
    expect(levelDbfs(pcm ?? new Int16Array())).toBeLessThan(-40)
    expect(await played).toMatchObject({ isComplete: true, sentSamples: 1600 })
  })

  it('plays audio of 8 kHz too, and 16 kHz on a call of 8', () => {
    const wide = carry('G722', tone(1000, 8000), 8000).heard[5]
    expect(levelDbfs(wide?.wideband ?? new Int16Array())).toBeGreaterThan(-17)
    const narrow = carry('PCMU', tone(1000, 16000), 16000).heard[5]
    expect(levelDbfs(narrow?.pcm ?? new Int16Array())).toBeGreaterThan(-17)
    expect(narrow?.wideband).toBeUndefined()
  })

  it('knows the three payload types and no other', () => {
    expect([0, 8, 9, 3].map(codecOf)).toEqual(['PCMU', 'PCMA', 'G722', undefined])
  })
})

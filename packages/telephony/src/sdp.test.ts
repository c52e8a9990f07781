import { describe, expect, it } from 'vitest'
import { agree, parseSdp, writeAnswer, writeOffer } from './sdp.ts'

const local = {
  host: '127.0.0.1',
  port: 4000,
  sessionId: '7',
  version: 1,
  direction: 'sendrecv',
} as const

const offer = [
  'v=0',
  'o=- 12 34 IN IP4 10.0.0.1',
  's=-',
  'c=IN IP4 10.0.0.1',
  't=0 0',
  'm=video 6000 RTP/AVP 96',
  'a=rtpmap:96 VP8/90000',
  'a=sendonly',
  'm=audio 5000 RTP/AVP 9 8 0 97',
  'c=IN IP4 10.0.0.2/127',
  'a=rtpmap:97 telephone-event/8000',
  'a=sendonly',
].join('\n')

const parsed = (text: string) => {
  const sdp = parseSdp(text)
  if (!sdp) throw new Error('no audio')
  return sdp
}

describe('parseSdp', () => {
  it('reads the audio stream and keeps the others apart, with bare line feeds too', () => {
    expect(parsed(offer)).toEqual({
      sessionId: '12',
      version: 34,
      host: '10.0.0.2',
      port: 5000,
      direction: 'sendonly',
      formats: [
        { payloadType: 9, name: 'G722', clockHz: 8000 },
        { payloadType: 8, name: 'PCMA', clockHz: 8000 },
        { payloadType: 0, name: 'PCMU', clockHz: 8000 },
        { payloadType: 97, name: 'telephone-event', clockHz: 8000 },
      ],
      media: [
        { kind: 'video', proto: 'RTP/AVP' },
        { kind: 'audio', proto: 'RTP/AVP' },
      ],
      audioIndex: 1,
    })
  })

  it.each([
    '',
    'nonsense',
    'v=0\r\nm=video 1 RTP/AVP 96',
    'v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio 99999 RTP/AVP 0',
    'v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio x RTP/AVP 0',
    'v=0\r\nm=audio 5000 RTP/AVP 0',
    'v=0\r\nc=IN\r\nm=audio 5000 RTP/AVP 0',
    'v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio 5000 RTP/SAVP 0',
  ])('finds no usable audio in %j', (text) => {
    expect(parseSdp(text)).toBeUndefined()
  })
})

describe('agree', () => {
  it('takes the first of the peer’s formats that we speak, and its event type', () => {
    expect(agree(parsed(offer), ['PCMU', 'PCMA'])).toEqual({
      host: '10.0.0.2',
      port: 5000,
      codec: 'PCMA',
      payloadType: 8,
      eventPayloadType: 97,
      direction: 'recvonly',
    })
    expect(agree(parsed(offer), ['PCMU'])?.codec).toBe('PCMU')
  })

  it('finds nothing in common with other codecs, another rate or a refused stream', () => {
    expect(agree(parsed(offer.replace('9 8 0 97', '9 97')), ['PCMU', 'PCMA'])).toBeUndefined()
    expect(
      agree(parsed(`${offer.replace('9 8 0 97', '98')}\na=rtpmap:98 PCMU/16000`), ['PCMU']),
    ).toBeUndefined()
    expect(agree(parsed(offer.replace('audio 5000', 'audio 0')), ['PCMU'])).toBeUndefined()
  })

  it.each([
    ['sendrecv', 'sendrecv'],
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
  ])('answers %s with %s', (theirs, ours) => {
    const sdp = parsed(offer.replace(/sendonly$/, theirs))
    expect(agree(sdp, ['PCMU'])?.direction).toBe(ours)
  })

  it('takes the address 0.0.0.0 for a hold', () => {
    const sdp = parsed(offer.replace('10.0.0.2/127', '0.0.0.0').replace(/sendonly$/, 'sendrecv'))
    expect(agree(sdp, ['PCMU'])?.direction).toBe('recvonly')
  })
})

describe('writing', () => {
  it('writes an offer that it can read itself', () => {
    expect(parsed(writeOffer(local, ['PCMA', 'PCMU']))).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      direction: 'sendrecv',
      formats: [{ name: 'PCMA' }, { name: 'PCMU' }, { name: 'telephone-event', payloadType: 101 }],
    })
  })

  it('answers every stream of the offer in its order and refuses all but audio', () => {
    const agreed = agree(parsed(offer), ['PCMU'])
    if (!agreed) throw new Error('nothing agreed')
    const lines = writeAnswer({ ...local, direction: 'recvonly' }, parsed(offer), agreed).split(
      '\r\n',
    )
    expect(lines.filter((line) => line.startsWith('m='))).toEqual([
      'm=video 0 RTP/AVP 0',
      'm=audio 4000 RTP/AVP 0 97',
    ])
    expect(lines).toContain('a=recvonly')
  })
})

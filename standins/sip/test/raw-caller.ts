import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { UdpAddress } from '@trunkline/telephony'

/** A SIP peer by hand, for what a proper telephone does not do. */
export interface RawCaller {
  /** Sends one request outside of any call, or bytes that are none. */
  send(text: string): void
  /** The first message from now on, or since the last that this gave, that begins so. */
  next(start: string): Promise<string>
  request(method: string, options?: { to?: string; body?: string; toTag?: string }): string
  /** Calls and acknowledges the answer; sends no RTP by itself. */
  call(to: string): Promise<{ sendRtp(payloadType: number): void }>
  close(): void
}

/** 200 to a request. */
function acceptance(request: string): string {
  const repeated = request
    .split('\r\n')
    .filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line))
  return ['SIP/2.0 200 OK', ...repeated, 'Content-Length: 0', '', ''].join('\r\n')
}

export async function openRawCaller(gateway: UdpAddress): Promise<RawCaller> {
  const signalling = createSocket('udp4')
  const media = createSocket('udp4')
  signalling.bind(0, '127.0.0.1')
  media.bind(0, '127.0.0.1')
  await Promise.all([once(signalling, 'listening'), once(media, 'listening')])
  const { port } = signalling.address()
  const callId = randomUUID()
  const received: string[] = []
  const waiting = new Set<() => void>()
  let cseq = 0
  signalling.on('message', (bytes) => {
    const text = bytes.toString()
    received.push(text)
    if (text.startsWith('BYE')) send(acceptance(text))
    for (const wake of waiting) wake()
  })
  const send = (text: string) => signalling.send(text, gateway.port, gateway.host)
  const next = async (start: string): Promise<string> => {
    for (;;) {
      const found = received.findIndex((text) => text.startsWith(start))
      if (found >= 0) return received.splice(0, found + 1).at(-1) ?? ''
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
      })
    }
  }
  const request: RawCaller['request'] = (method, { to = '100', body = '', toTag } = {}) => {
    if (method !== 'ACK') cseq += 1
    const tag = toTag === undefined ? '' : `;tag=${toTag}`
    return [
      `${method} sip:${to}@${gateway.host} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${randomUUID()};rport`,
      'Max-Forwards: 70',
      `From: <sip:+4915100@127.0.0.1>;tag=raw`,
      `To: <sip:${to}@${gateway.host}>${tag}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:127.0.0.1:${port}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
  }

  return {
    send,
    next,
    request,
    async call(to) {
      const body = [
        'v=0',
        'o=- 1 1 IN IP4 127.0.0.1',
        's=-',
        'c=IN IP4 127.0.0.1',
        't=0 0',
        `m=audio ${media.address().port} RTP/AVP 0`,
        '',
      ].join('\r\n')
      send(request('INVITE', { to, body }))
      const answer = await next('SIP/2.0 200')
      const toTag = /^To:.*;tag=([^;\s]+)/im.exec(answer)?.[1] ?? ''
      const target = Number(/^m=audio (\d+)/m.exec(answer)?.[1])
      send(request('ACK', { to, toTag }))
      let sequence = 0
      return {
        sendRtp(payloadType) {
          const packet = Buffer.alloc(172, 0xff)
          packet.writeUInt8(0x80, 0)
          packet.writeUInt8(payloadType, 1)
          packet.writeUInt16BE(sequence, 2)
          packet.writeUInt32BE(sequence * 160, 4)
          packet.writeUInt32BE(7, 8)
          sequence += 1
          media.send(packet, target, gateway.host)
        },
      }
    },
    close() {
      signalling.close()
      media.close()
    },
  }
}

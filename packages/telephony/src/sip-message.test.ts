import { describe, expect, it } from 'vitest'
import { encodeSipMessage, headerOf, headersOf, parseSipMessage } from './sip-message.ts'

const invite = (change: (text: string) => string = (text) => text) =>
  parseSipMessage(
    Buffer.from(
      change(
        [
          'INVITE sip:100@example.test SIP/2.0',
          'Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKabc;rport',
          'Max-Forwards: 70',
          'From: "A. Caller" <sip:a@example.test>;tag=1',
          'To: <sip:100@example.test>',
          'Call-ID: id-1',
          'CSeq: 3 INVITE',
          'Content-Length: 4',
          '',
          'body',
        ].join('\r\n'),
      ),
    ),
  )
const fault = (change: (text: string) => string) => {
  const result = invite(change)
  return result.ok ? 'none' : result.fault
}

describe('parseSipMessage', () => {
  it('reads a request with what every message must have', () => {
    const result = invite()
    expect(result).toMatchObject({
      ok: true,
      message: {
        kind: 'request',
        method: 'INVITE',
        uri: 'sip:100@example.test',
        body: 'body',
        callId: 'id-1',
        cseq: { number: 3, method: 'INVITE' },
        from: { display: 'A. Caller', uri: 'sip:a@example.test' },
        via: { transport: 'UDP', host: '192.0.2.1', port: 5070 },
      },
    })
  })

  it('reads short names, folded lines, odd spacing and lists', () => {
    const text = [
      'SIP/2.0 200 OK',
      'v:  SIP / 2.0 / UDP  a.test:5060 ;branch = z9hG4bK1 , SIP/2.0/UDP b.test;branch=z9hG4bK2',
      'VIA: SIP/2.0/TCP c.test',
      'f : "Comma, \\" and <bracket>" <sip:a@x.test;p=1?h=v>;tag=f1',
      't:sip:b@x.test;tag=t1',
      'i:id-2',
      'CSeq: 0009 \tINVITE',
      'Subject: one',
      '\ttwo',
      'Record-Route: <sip:p1;lr>, <sip:p2;lr>',
      'Content-Type: application/sdp',
      '',
      'v=0',
    ].join('\n')
    const result = parseSipMessage(Buffer.from(text))
    if (!result.ok) throw new Error(result.fault)
    const { message } = result
    expect(headersOf(message, 'Via')).toHaveLength(3)
    expect(message.via.parameters.get('branch')).toBe('z9hG4bK1')
    expect(message.from.display).toBe('Comma, " and <bracket>')
    expect(message.from.parameters.get('tag')).toBe('f1')
    expect(message.to.parameters.get('tag')).toBe('t1')
    expect(message.cseq.number).toBe(9)
    expect(headerOf(message, 'subject')).toBe('one two')
    expect(headersOf(message, 'record-route')).toEqual(['<sip:p1;lr>', '<sip:p2;lr>'])
    expect(message.body).toBe('v=0')
  })

  it('reads names in UTF-8 and cuts the body at its length in bytes', () => {
    const result = invite((text) =>
      text.replace('A. Caller', 'Jürgen 你').replace('body', 'üü rest'),
    )
    if (!result.ok) throw new Error(result.fault)
    expect(result.message.from.display).toBe('Jürgen 你')
    expect(result.message.body).toBe('üü')
  })

  it('takes a response without reason and unknown methods', () => {
    expect(invite((text) => text.replace(/^.*\r\n/, 'SIP/2.0 480\r\n'))).toMatchObject({
      ok: true,
      message: { kind: 'response', status: 480, reason: '' },
    })
    expect(
      invite((text) => text.replaceAll('INVITE', '!interesting-Method0123456789_*+`.%')),
    ).toMatchObject({ ok: true })
  })

  // After the torture tests of RFC 4475, sections 3.1.2 and 3.3.
  it.each<[string, (text: string) => string]>([
    ['no empty line after the headers', () => 'INVITE sip:a SIP/2.0\r\nVia: x'],
    ['no empty line after the headers', () => '\0\xff\xfe\r\n'],
    ['bad start line', (text) => text.replace('SIP/2.0', 'SIP/7.0')],
    ['bad start line', (text) => text.replace('INVITE sip:', 'INVITE  sip:')],
    ['bad start line', (text) => text.replace('INVITE sip:', 'INV(TE sip:')],
    [
      'bad start line',
      (text) => text.replace(/^.*\r\n/, 'SIP/2.0 4294967301 better not break\r\n'),
    ],
    ['wrong content-length', (text) => text.replace('Length: 4', 'Length: 9999')],
    ['wrong content-length', (text) => text.replace('Length: 4', 'Length: -999')],
    ['wrong content-length', (text) => text.replace('Length: 4', 'Length: 4\r\nl: 3')],
    ['no usable via', (text) => text.replace(/Via.*\r\n/, '')],
    ['no usable via', (text) => text.replace(':5070', ':70000')],
    ['no usable via', (text) => text.replace('UDP 192.0.2.1:5070', 'UDP ;;,;,,')],
    ['no usable from', (text) => text.replace('<sip:a@example.test>', '<sip:a@example.test')],
    ['no usable from', (text) => text.replace('"A. Caller"', '"A. Caller')],
    ['no usable to', (text) => text.replace('To: <sip:100@example.test>', 'To:')],
    ['no usable call-id', (text) => text.replace('Call-ID: id-1\r\n', '')],
    ['no usable cseq', (text) => text.replace('CSeq: 3', 'CSeq: 36893488147419103232')],
    ['no usable cseq', (text) => text.replace('CSeq: 3', 'CSeq: 4294967295')],
    ['no usable cseq', (text) => text.replace('CSeq: 3', 'CSeq: three')],
    ['the method is not that of cseq', (text) => text.replace('3 INVITE', '3 OPTIONS')],
    ['a header line has no name', (text) => text.replace('Max-Forwards', 'Max Forwards')],
    ['a header line has no name', (text) => text.replace('Max-Forwards: 70', 'nothing here')],
    ['too many headers', (text) => text.replace('To:', `${'X: y\r\n'.repeat(300)}To:`)],
  ])('names the fault %j and does not throw', (name, change) => {
    expect(fault(change)).toBe(name)
  })

  it('survives every single-byte change and every cut of a message', () => {
    const whole =
      'INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=1\r\nFrom: <sip:a@b>\r\nTo: a:b\r\n\r\n'
    for (let at = 0; at < whole.length; at += 1) {
      for (const byte of [0, 0x0a, 0x20, 0x22, 0x25, 0x3c, 0x3e, 0x5c, 0xff]) {
        const bytes = Buffer.from(whole)
        bytes[at] = byte
        expect(() => parseSipMessage(bytes)).not.toThrow()
      }
      expect(() => parseSipMessage(Buffer.from(whole.slice(0, at)))).not.toThrow()
    }
  })
})

describe('encodeSipMessage', () => {
  it('states the length in bytes and lets no value break out of its line', () => {
    const text = Buffer.from(
      encodeSipMessage({
        kind: 'request',
        method: 'INFO',
        uri: 'sip:a@b',
        headers: [
          { name: 'Subject', value: 'one\r\nEvil: yes' },
          { name: 'Content-Length', value: '99' },
        ],
        body: 'ü',
      }),
    ).toString()
    expect(text).toBe(
      'INFO sip:a@b SIP/2.0\r\nSubject: one Evil: yes\r\nContent-Length: 2\r\n\r\nü',
    )
  })
})

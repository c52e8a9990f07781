import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { type Call, createPhone, type Phone } from '../src/index.ts'

const open: Phone[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((phone) => phone.close()))
})

const messages = [
  'INVITE sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bKa\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\nContact: <sip:a@127.0.0.1:1>\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 1 RTP/AVP 0\r\nc=IN IP4 127.0.0.1\r\n',
  'BYE sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bKb\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 BYE\r\n\r\n',
  'SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bKc\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n\r\n',
]

describe('a phone under hostile input', () => {
  it('takes a thousand broken datagrams in mid-call and goes on', async () => {
    const calls: Call[] = []
    const callee = await createPhone({
      timers: { t1Ms: 40 },
      onIncoming: (incoming) => {
        if (calls.length === 0)
          void incoming.accept({ record: true }).then((call) => calls.push(call))
        else incoming.reject()
      },
    })
    const caller = await createPhone({ timers: { t1Ms: 40 } })
    open.push(callee, caller)
    const call = await caller.call({ to: '100', from: 'a', ...callee.address })
    await call.answered

    const attacker = createSocket('udp4')
    for (let count = 0; count < 1000; count += 1) {
      const bytes = Buffer.from(messages[count % messages.length] ?? '')
      for (const byte of randomBytes(count % 8)) bytes[byte % bytes.length] = byte
      const cut = bytes.subarray(0, count % 3 === 0 ? bytes.length : (count * 7) % bytes.length)
      await new Promise((resolve) =>
        attacker.send(
          count % 10 === 0 ? randomBytes(60) : cut,
          callee.address.port,
          callee.address.host,
          resolve,
        ),
      )
    }
    attacker.close()

    expect(await caller.ping(callee.address)).toBe(200)
    const key = new Promise((resolve) => {
      calls[0]?.subscribe((event) => {
        if (event.type === 'dtmf') resolve(event.digit)
      })
    })
    await call.sendDtmf('7', { keyMs: 40, gapMs: 20 })
    expect(await key).toBe('7')
    expect(calls[0]?.state.kind).toBe('answered')
    await call.hangup()
  })
})

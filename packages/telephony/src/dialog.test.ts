import { describe, expect, it } from 'vitest'
import { Dialog } from './dialog.ts'
import { headerOf, headersOf, parseSipMessage } from './sip-message.ts'

const dialog = (routes: readonly string[] = []) =>
  new Dialog({
    callId: 'id',
    localTag: 'here',
    remoteTag: 'there',
    localName: '<sip:a@x.test>',
    remoteName: '<sip:b@y.test>',
    remoteTarget: 'sip:b@192.0.2.7:5070',
    routes,
    localCseq: 4,
    remoteCseq: undefined,
  })

describe('Dialog', () => {
  it('counts its requests and sends them to the peer’s contact', () => {
    const sut = dialog()
    const { request, address } = sut.request('BYE')
    expect(address).toEqual({ host: '192.0.2.7', port: 5070 })
    expect(request.uri).toBe('sip:b@192.0.2.7:5070')
    expect(headerOf(request, 'cseq')).toBe('5 BYE')
    expect(headerOf(request, 'from')).toBe('<sip:a@x.test>;tag=here')
    expect(headerOf(sut.request('ACK', { cseq: 5 }).request, 'cseq')).toBe('5 ACK')
    expect(headerOf(sut.request('INFO').request, 'cseq')).toBe('6 INFO')
  })

  it('goes by way of loose routers', () => {
    const { request, address } = dialog(['<sip:p1.test;lr>', '<sip:p2.test;lr>']).request('BYE')
    expect(address).toEqual({ host: 'p1.test', port: 5060 })
    expect(request.uri).toBe('sip:b@192.0.2.7:5070')
    expect(headersOf(request, 'route')).toEqual(['<sip:p1.test;lr>', '<sip:p2.test;lr>'])
  })

  it('gives a strict router what it wants', () => {
    const { request, address } = dialog(['<sip:p1.test>', '<sip:p2.test;lr>']).request('BYE')
    expect(address).toEqual({ host: 'p1.test', port: 5060 })
    expect(request.uri).toBe('sip:p1.test')
    expect(headersOf(request, 'route')).toEqual(['<sip:p2.test;lr>', '<sip:b@192.0.2.7:5070>'])
  })

  it('takes requests in order only', () => {
    const sut = dialog()
    expect([7, 7, 6, 8].map((cseq) => sut.accept(cseq))).toEqual([true, false, false, true])
  })

  it('follows a new contact and keeps the old one when the new one is useless', () => {
    const sut = dialog()
    const message = (contact: string) => {
      const result = parseSipMessage(
        Buffer.from(
          `SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h\r\nFrom: <sip:a@b>\r\nTo: <sip:a@b>\r\nCall-ID: id\r\nCSeq: 1 INVITE\r\nContact: ${contact}\r\n\r\n`,
        ),
      )
      if (!result.ok) throw new Error(result.fault)
      return result.message
    }
    sut.retarget(message('<sip:b@192.0.2.8>'))
    sut.retarget(message('*'))
    expect(sut.request('BYE').address).toEqual({ host: '192.0.2.8', port: 5060 })
  })
})

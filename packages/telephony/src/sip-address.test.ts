import { describe, expect, it } from 'vitest'
import {
  escapeUser,
  parseNameAddress,
  parseSipUri,
  parseVia,
  splitOutside,
  toUdpAddress,
} from './sip-address.ts'

describe('parseSipUri', () => {
  it('reads user, host, port and parameters', () => {
    const uri = parseSipUri('sip:%2B4940:secret@[2001:db8::1]:5080;lr;transport=udp?subject=x')
    expect(uri).toMatchObject({ scheme: 'sip', user: '+4940', host: '2001:db8::1', port: 5080 })
    expect(uri?.parameters.get('transport')).toBe('udp')
    expect(uri?.parameters.has('lr')).toBe(true)
    expect(parseSipUri('tel:+49-40;ext=1')).toMatchObject({ scheme: 'tel', user: '+49-40' })
    expect(parseSipUri('SIP:example.test')).toMatchObject({ user: '', host: 'example.test' })
  })

  it.each([
    '',
    'http://x',
    'sip:',
    'sip:a@',
    'sip:a@b:0',
    'sip:a@b:99999',
    'sip:%zz@b',
    'sip:a@b c',
    'tel:',
  ])('does not take %j', (text) => {
    expect(parseSipUri(text)).toBeUndefined()
  })

  it('turns into a destination, 5060 by default', () => {
    expect(toUdpAddress('sip:a@host.test')).toEqual({ host: 'host.test', port: 5060 })
    expect(toUdpAddress('tel:+49')).toBeUndefined()
  })
})

describe('parseNameAddress', () => {
  it('gives parameters without brackets to the header', () => {
    expect(parseNameAddress('sip:a@b;tag=1')).toMatchObject({ uri: 'sip:a@b' })
    expect(parseNameAddress('<sip:a@b;x=1>;tag=2')?.parameters.get('tag')).toBe('2')
    expect(parseNameAddress('<sip:a@b;x=1>;tag=2')?.uri).toBe('sip:a@b;x=1')
  })

  it.each(['', '<>', '<sip:a', 'sip:a@b>', 'Bob', '<sip:a@b> junk'])('does not take %j', (text) => {
    expect(parseNameAddress(text)).toBeUndefined()
  })
})

describe('the rest', () => {
  it('reads a Via and nothing that is none', () => {
    expect(parseVia('SIP/2.0/UDP h:1;rport;received=1.2.3.4')?.parameters.get('rport')).toBe('')
    expect(parseVia('SIP/1.0/UDP h')).toBeUndefined()
    expect(parseVia('SIP/2.0/UDP')).toBeUndefined()
  })

  it('cuts lists only outside of quotes and brackets', () => {
    expect(splitOutside('"a,\\"," <b,c>,d', ',')).toEqual(['"a,\\"," <b,c>', 'd'])
  })

  it('escapes what a user part cannot hold and leaves a number as it is', () => {
    expect(escapeUser('+494066969100')).toBe('+494066969100')
    expect(escapeUser('a@b c')).toBe('a%40b%20c')
  })
})

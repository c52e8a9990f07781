import { describe, expect, it } from 'vitest'
import { readListenAddress } from './listen-address.ts'

const entry = (address: string, internal: boolean) => ({
  address,
  internal,
  family: 'IPv4' as const,
  netmask: '255.0.0.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
})
const interfaces = { lo: [entry('127.0.0.1', true)], en0: [entry('192.0.2.7', false)] }

describe('readListenAddress', () => {
  it('takes an address of this machine', () => {
    expect(readListenAddress('127.0.0.1', interfaces).isLoopback).toBe(true)
    expect(readListenAddress('192.0.2.7', interfaces)).toEqual({
      bind: '192.0.2.7',
      announce: '192.0.2.7',
      isLoopback: false,
    })
  })

  it('announces a real address when it binds to all of them', () => {
    expect(readListenAddress('0.0.0.0', interfaces)).toMatchObject({
      bind: '0.0.0.0',
      announce: '192.0.2.7',
    })
    expect(() => readListenAddress('0.0.0.0', { lo: interfaces.lo })).toThrow('no network')
  })

  it('names the addresses there are when it is none of them', () => {
    expect(() => readListenAddress('198.51.100.1', interfaces)).toThrow('127.0.0.1, 192.0.2.7')
    expect(() => readListenAddress('localhost', interfaces)).toThrow('IPv4')
  })
})

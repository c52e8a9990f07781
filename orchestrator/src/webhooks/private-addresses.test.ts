import { describe, expect, it } from 'vitest'
import { createAddressRules, isAddressRule } from './private-addresses.ts'

const isAllowed = (address: string, allowed: readonly string[] = [], host = 'hooks.example.com') =>
  createAddressRules(allowed).isAllowed({ host, address })

describe('createAddressRules', () => {
  it.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255'],
    ...['192.168.1.1', '169.254.169.254', '100.64.0.1', '100.100.100.200', '168.63.129.16'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1'],
    ...['::1', '::', 'fe80::1', 'fd00:ec2::254', 'fc00::1', 'ff02::1', '2002:7f00:1::'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '::127.0.0.1'],
    ...['', 'localhost', '127.1'],
  ])('refuses %s', (address) => {
    expect(isAllowed(address)).toBe(false)
  })

  it.each(['93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '::ffff:1.1.1.1'])(
    'allows %s',
    (address) => {
      expect(isAllowed(address)).toBe(true)
    },
  )

  it('allows what is listed: a network, an address, and a host whatever its address', () => {
    expect(isAllowed('10.1.2.3', ['10.1.0.0/16'])).toBe(true)
    expect(isAllowed('10.2.2.3', ['10.1.0.0/16'])).toBe(false)
    expect(isAllowed('::1', ['::1'])).toBe(true)
    expect(isAllowed('::ffff:10.1.2.3', ['10.1.0.0/16'])).toBe(true)
    expect(isAllowed('10.2.2.3', ['hooks.internal'], 'HOOKS.internal')).toBe(true)
    expect(isAllowed('10.2.2.3', ['hooks.internal'], 'other.internal')).toBe(false)
  })

  it('speaks plain HTTP with what is listed only', () => {
    const rules = createAddressRules(['10.1.0.0/16', 'hooks.internal'])
    expect(rules.isPlainAllowed('hooks.internal')).toBe(true)
    expect(rules.isPlainAllowed('10.1.2.3')).toBe(true)
    expect(rules.isPlainAllowed('10.2.2.3')).toBe(false)
    expect(rules.isPlainAllowed('hooks.example.com')).toBe(false)
  })

  it.each([
    ['10.0.0.0/8', true],
    ['::1/128', true],
    ['hooks.internal', true],
    ['10.0.0.0/33', false],
    ['10.0.0/8', false],
    ['300.1.1.1', false],
    ['https://hooks', false],
    ['10.0.0.0/x', false],
  ])('understands %s: %s', (entry, isUnderstood) => {
    expect(isAddressRule(entry)).toBe(isUnderstood)
  })
})

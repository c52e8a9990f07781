import { describe, expect, it } from 'vitest'
import { createRtpSource } from './rtp-source.ts'

const peer = { host: '10.0.0.1', port: 4000 }
const nat = { host: '192.0.2.1', port: 7000 }

describe('createRtpSource', () => {
  it('admits anyone before the answer and only the announced address at first', () => {
    const source = createRtpSource()
    expect(source.admits(nat, 0)).toBe(true)
    source.expect(peer, 1000)
    expect(source.admits(nat, 1100)).toBe(false)
    expect(source.admits(peer, 1100)).toBe(true)
    expect(source.admits(nat, 5000)).toBe(false)
  })

  it('learns another source when none comes from the announced address', () => {
    const source = createRtpSource()
    source.expect(peer, 1000)
    expect(source.admits(nat, 1200)).toBe(true)
    expect(source.admits(peer, 1300)).toBe(false)
  })

  it('forgets what it learnt when the peer announces a new address', () => {
    const source = createRtpSource()
    source.expect(peer, 1000)
    source.admits(peer, 1000)
    source.expect(peer, 1500)
    expect(source.admits(nat, 3000)).toBe(false)
    source.expect(nat, 4000)
    expect(source.admits(nat, 4000)).toBe(true)
    expect(source.admits(peer, 4000)).toBe(false)
  })
})

import type { Stack } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { howToCall } from './how-to-call.ts'

const url = 'http://127.0.0.1:1'
const stack = (...parts: readonly string[]): Stack => ({
  sip: { host: '127.0.0.1', port: 5060, number: '100', username: 'caller', password: 'secret' },
  livekit: { url: 'ws://127.0.0.1:1', apiKey: 'key', apiSecret: 'secret' },
  urls: {
    ...{ orchestrator: url, asrProxy: url, asrProxyGrpc: 'a:1', ttsRouter: url, speech: url },
    ...{ speechGrpc: 'a:1', llm: url, agentHealth: url, agentMetrics: url, redis: 'redis://a:1' },
  },
  tokens: { agent: 'a', operator: 'o' },
  processes: parts.map((name) => ({ name, pid: 1, log: '/log' })),
})
const screen = (of: Stack) =>
  howToCall({ stack: of, portOffset: 0, detached: true, hearsEnglishOnly: false, notes: [] })

describe('howToCall', () => {
  it('names the stand-in for livekit-sip where it answers, and what it does not speak', () => {
    const text = screen(stack('livekit-server', 'sip-standin'))
    expect(text).toContain('a stand-in for livekit-sip')
    expect(text).not.toContain('TCP')
    expect(screen(stack('livekit-server', 'livekit-sip'))).not.toContain('stand-in')
  })

  it('says how to ring a stack without a telephone line', () => {
    const { sip: _none, ...bare } = stack('livekit-server')
    expect(screen(bare)).toContain('call --room')
    expect(screen(bare)).not.toContain('Softphone')
  })
})

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { offsetPorts } from '../ports.ts'
import { livekitConfig, sipConfig } from './config-files.ts'

const input = {
  ports: offsetPorts(100),
  listen: { bind: '127.0.0.1', announce: '127.0.0.1', isLoopback: true },
  apiKey: 'key',
  apiSecret: 's'.repeat(32),
  redisUrl: 'redis://127.0.0.1:6479',
  webhookUrl: 'http://127.0.0.1:8180/v1/livekit/webhook',
}
const onLan = {
  ...input,
  listen: { bind: '192.0.2.7', announce: '192.0.2.7', isLoopback: false },
}

describe('livekitConfig', () => {
  it('stays on loopback, logs no numbers and reports to the orchestrator', () => {
    expect(parse(livekitConfig(input))).toMatchObject({
      port: 7980,
      bind_addresses: ['127.0.0.1'],
      redis: { address: '127.0.0.1:6479' },
      rtc: {
        tcp_port: 7981,
        udp_port: 7982,
        node_ip: '127.0.0.1',
        enable_loopback_candidate: true,
        ips: { includes: ['127.0.0.0/8'] },
      },
      keys: { key: 's'.repeat(32) },
      webhook: { api_key: 'key', urls: ['http://127.0.0.1:8180/v1/livekit/webhook'] },
      logging: { level: 'fatal' },
    })
  })

  it('announces the address of the LAN when it listens there', () => {
    expect(parse(livekitConfig(onLan))).toMatchObject({
      bind_addresses: ['127.0.0.1', '192.0.2.7'],
      rtc: { node_ip: '192.0.2.7', ips: { includes: ['192.0.2.7/32'] } },
    })
  })

  it("takes user, password, database and TLS from redis' URL", () => {
    const redisUrl = 'rediss://trunk:p%40ss@cache.example.com:6380/3'
    expect(parse(livekitConfig({ ...input, redisUrl })).redis).toEqual({
      address: 'cache.example.com:6380',
      username: 'trunk',
      password: 'p@ss',
      db: 3,
      use_tls: true,
    })
  })
})

describe('sipConfig', () => {
  it('moves every port and keeps the jitter buffer on', () => {
    expect(parse(sipConfig(input))).toMatchObject({
      ws_url: 'ws://127.0.0.1:7980',
      sip_port: 5160,
      rtp_port: '10100-12099',
      listen_ip: '127.0.0.1',
      nat_1_to_1_ip: '127.0.0.1',
      health_port: 8183,
      enable_jitter_buffer: true,
      logging: { level: 'error' },
    })
    expect(parse(sipConfig(onLan))).toMatchObject({
      listen_ip: '192.0.2.7',
      nat_1_to_1_ip: '192.0.2.7',
    })
  })

  it('dials out however busy the machine is', () => {
    expect(parse(sipConfig(input))).toMatchObject({ max_cpu_utilization: 1 })
  })
})

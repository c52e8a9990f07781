import { stringify } from 'yaml'
import { type Ports, rtpPortCount } from '../ports.ts'
import type { ListenAddress } from './listen-address.ts'

/**
 * At `warn` both write a participant's identity and the room's name, which hold the caller's and the dialled number.
 * livekit-server does so at `error` too, for every call we dial that is refused; a start that fails is told anyway.
 */
const logLevels = { livekit: 'fatal', sip: 'error' } as const

export interface ConfigInput {
  readonly ports: Ports
  readonly listen: ListenAddress
  readonly apiKey: string
  readonly apiSecret: string
  /** The Redis that livekit-server and livekit-sip share. */
  readonly redisUrl: string
  readonly webhookUrl: string
}

/** Key names are livekit-server's; it refuses unknown ones. */
export function livekitConfig(input: ConfigInput): string {
  const { ports, listen, apiKey, apiSecret } = input
  return stringify({
    port: ports.livekit,
    bind_addresses: signallingAddresses(listen),
    redis: livekitRedis(input.redisUrl),
    rtc: {
      tcp_port: ports.livekitTcp,
      udp_port: ports.livekitUdp,
      use_external_ip: false,
      node_ip: listen.announce,
      enable_loopback_candidate: listen.isLoopback,
      ips: { includes: [listen.isLoopback ? '127.0.0.0/8' : `${listen.announce}/32`] },
      // An address nobody answers at: without it clients are handed public STUN servers.
      stun_servers: ['127.0.0.1:3478'],
    },
    turn: { enabled: false },
    keys: { [apiKey]: apiSecret },
    webhook: { api_key: apiKey, urls: [input.webhookUrl] },
    // With the default of 0.7 a busy small machine gets "no servers available" instead of a job.
    agents: { target_load: 1 },
    room: { auto_create: true, empty_timeout: 300, departure_timeout: 20 },
    logging: { level: logLevels.livekit, json: true },
  })
}

/** Key names are livekit-sip's. */
export function sipConfig(input: ConfigInput): string {
  const { ports, listen } = input
  return stringify({
    api_key: input.apiKey,
    api_secret: input.apiSecret,
    ws_url: `ws://127.0.0.1:${ports.livekit}`,
    redis: livekitRedis(input.redisUrl),
    sip_port: ports.sip,
    rtp_port: `${ports.rtpFirst}-${ports.rtpFirst + rtpPortCount - 1}`,
    use_external_ip: false,
    nat_1_to_1_ip: listen.announce,
    listen_ip: listen.bind,
    health_port: ports.sipHealth,
    enable_jitter_buffer: true,
    // With its default of 0.9 it refuses to dial out ("cpu exhausted") while the whole machine, not it alone, is
    // busier than that, which two cores are during any call. At 1 it never refuses; who may call is ours to decide.
    max_cpu_utilization: 1,
    logging: { level: logLevels.sip, json: true },
  })
}

function signallingAddresses(listen: ListenAddress): readonly string[] {
  if (listen.bind === '0.0.0.0' || listen.bind === '127.0.0.1') return [listen.bind]
  return ['127.0.0.1', listen.bind]
}

function livekitRedis(url: string): Record<string, unknown> {
  const { hostname, port, username, password, pathname, protocol } = new URL(url)
  const db = Number(pathname.slice(1))
  return {
    address: `${hostname}:${port || '6379'}`,
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(db > 0 && { db }),
    ...(protocol === 'rediss:' && { use_tls: true }),
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import { RoomServiceClient, SipClient } from 'livekit-server-sdk'
import { stringify } from 'yaml'
import { findFreePort, runProgram, waitFor } from './programs.ts'

export interface LivekitChain {
  readonly sip: { readonly host: string; readonly port: number }
  readonly url: string
  /** The SIP API's base for calls that are dialled and handed over. */
  readonly apiUrl: string
  readonly keys: { readonly apiKey: string; readonly apiSecret: string }
  readonly credentials: { readonly username: string; readonly password: string }
  readonly rooms: RoomServiceClient
  close(): Promise<void>
}

interface Gateway {
  readonly port: number
  /** Where calls are made and handed over, where that is not livekit-server. */
  readonly apiUrl?: string
  close?(): Promise<void>
}

export interface ChainOptions {
  /** Something else in livekit-sip's place, told where livekit-server is. */
  readonly startGateway?: (livekit: {
    readonly url: string
    readonly apiKey: string
    readonly apiSecret: string
  }) => Promise<Gateway>
  /** Further keys of livekit-sip's file. */
  readonly sipSettings?: Readonly<Record<string, unknown>>
}

/** Redis, livekit-server and livekit-sip with one trunk that wants a password and one room for each call. */
export async function startLivekitChain({
  startGateway,
  sipSettings = {},
}: ChainOptions = {}): Promise<LivekitChain> {
  const stack = createDisposalStack()
  const folder = await mkdtemp(join(tmpdir(), 'telephony-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const [redis, http, tcp, udp, sipPort, health] = await Promise.all(
    Array.from({ length: 6 }, findFreePort),
  )
  const host = '127.0.0.1'
  const keys = { apiKey: 'devkey', apiSecret: 'a-secret-of-at-least-32-characters' }
  const credentials = { username: 'trunkline', password: 'right-password' }
  const url = `http://${host}:${http}`
  const rtpFirst = 20_000 + 2 * Math.floor(Math.random() * 4000)
  const start = (name: string, args: readonly string[]) => {
    const program = runProgram(name, args)
    stack.defer(() => program.stop())
    return program
  }
  try {
    start('redis-server', ['--port', `${redis}`, '--bind', host, '--save', '', '--dir', folder])
    await waitFor('redis', () => canConnect(host, redis ?? 0))
    const livekitFile = join(folder, 'livekit.yaml')
    await writeFile(
      livekitFile,
      stringify({
        port: http,
        bind_addresses: [host],
        redis: { address: `${host}:${redis}` },
        rtc: {
          tcp_port: tcp,
          udp_port: udp,
          use_external_ip: false,
          node_ip: host,
          enable_loopback_candidate: true,
          ips: { includes: ['127.0.0.0/8'] },
          stun_servers: ['127.0.0.1:3478'],
        },
        turn: { enabled: false },
        keys: { [keys.apiKey]: keys.apiSecret },
        logging: { level: 'warn' },
      }),
    )
    start('livekit-server', ['--config', livekitFile])
    await waitFor('livekit-server', async () => ((await fetch(url)).ok ? true : undefined))
    const startLivekitSip = async (): Promise<Gateway> => {
      const sipFile = join(folder, 'sip.yaml')
      const settings = stringify({
        ...sipSettings,
        api_key: keys.apiKey,
        api_secret: keys.apiSecret,
        ws_url: `ws://${host}:${http}`,
        redis: { address: `${host}:${redis}` },
        sip_port: sipPort,
        rtp_port: `${rtpFirst}-${rtpFirst + 199}`,
        use_external_ip: false,
        nat_1_to_1_ip: host,
        listen_ip: host,
        health_port: health,
        logging: { level: 'warn' },
      })
      await writeFile(sipFile, settings)
      start('livekit-sip', ['--config', sipFile])
      await waitFor('livekit-sip', async () => {
        const { ok, status } = await fetch(`http://${host}:${health}`)
        return ok || status === 429 ? true : undefined // 429: up, on a busy machine
      })
      return { port: sipPort ?? 0 }
    }
    const gateway = startGateway
      ? await startGateway({ url: `ws://${host}:${http}`, ...keys })
      : await startLivekitSip()
    stack.defer(() => gateway.close?.())
    const sip = new SipClient(url, keys.apiKey, keys.apiSecret)
    const trunk = await sip.createSipInboundTrunk('test', [], {
      authUsername: credentials.username,
      authPassword: credentials.password,
    })
    await sip.createSipDispatchRule(
      { type: 'callee', roomPrefix: 'call', randomize: true },
      { name: 'test', trunkIds: [trunk.sipTrunkId] },
    )
    const rooms = new RoomServiceClient(url, keys.apiKey, keys.apiSecret)
    return {
      sip: { host, port: gateway.port },
      apiUrl: gateway.apiUrl ?? url,
      url: `ws://${host}:${http}`,
      keys,
      credentials,
      rooms,
      close: () => stack.close(),
    }
  } catch (error) {
    await stack.close()
    throw error
  }
}

function canConnect(host: string, port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(undefined))
  })
}

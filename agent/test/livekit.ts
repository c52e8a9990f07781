import { freePort, startProcess, startRedis, untilReady } from '@trunkline/testkit'
import {
  AccessToken,
  RoomAgentDispatch,
  RoomConfiguration,
  RoomServiceClient,
} from 'livekit-server-sdk'

const apiKey = 'devkey'
const apiSecret = 'a-secret-of-the-test-with-enough-characters'

export interface TestLivekit {
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  /** A token for `room`, whose creation dispatches `agent`. */
  token(options: {
    room: string
    identity: string
    agent: string
    metadata?: string
  }): Promise<string>
  deleteRoom(room: string): Promise<void>
  stop(): Promise<void>
}

/** A livekit-server with a redis, both of the test's own. */
export async function startLivekit(): Promise<TestLivekit> {
  const redis = await startRedis()
  const [port, tcpPort, udpPort] = await Promise.all([freePort(), freePort(), freePort()])
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    redis: { address: `127.0.0.1:${redis.port}` },
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      ips: { includes: ['127.0.0.0/8'] },
      stun_servers: ['127.0.0.1:3478'],
    },
    turn: { enabled: false },
    keys: { [apiKey]: apiSecret },
    agents: { target_load: 1 },
    room: { auto_create: true, empty_timeout: 30, departure_timeout: 5 },
    logging: { level: 'warn' },
  }
  // JSON is YAML
  const server = startProcess('livekit-server', ['--config-body', JSON.stringify(config)])
  const url = `http://127.0.0.1:${port}`
  const isReady = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
  await untilReady(server, { isReady })
  const rooms = new RoomServiceClient(url, apiKey, apiSecret)
  return {
    url: url.replace('http', 'ws'),
    apiKey,
    apiSecret,
    async token({ room, identity, agent, metadata = '' }) {
      const token = new AccessToken(apiKey, apiSecret, { identity })
      token.addGrant({ roomJoin: true, room })
      token.roomConfig = new RoomConfiguration({
        agents: [new RoomAgentDispatch({ agentName: agent, metadata })],
      })
      return token.toJwt()
    },
    deleteRoom: (room) => rooms.deleteRoom(room),
    async stop() {
      await server.stop()
      await redis.stop()
    },
  }
}

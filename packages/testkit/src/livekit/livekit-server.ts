import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import { findProgram } from '../find-program.ts'
import { freePort } from '../free-port.ts'
import { startRedis, type TestRedis } from '../redis.ts'
import { startProcess, untilReady } from '../test-process.ts'

export interface TestLiveKit {
  /** `ws://127.0.0.1:<port>` */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly redis: TestRedis
  close(): Promise<void>
}

export interface TestLiveKitOptions {
  readonly apiKey: string
  readonly apiSecret: string
  readonly webhookUrls?: readonly string[]
}

/**
 * A livekit-server of the test's own with a Redis of its own, on free ports.
 * @throws when a program is missing or does not start
 */
export async function startLiveKitServer(options: TestLiveKitOptions): Promise<TestLiveKit> {
  const { apiKey, apiSecret, webhookUrls = [] } = options
  // biome-ignore lint/style/noProcessEnv: the programs of the machine are the test's surroundings
  const program = findProgram('livekit-server', { path: process.env['PATH'] ?? '' })
  if (!program) throw new Error('no livekit-server on PATH')
  const stack = createDisposalStack()
  try {
    const folder = mkdtempSync(join(tmpdir(), 'trunkline-livekit-'))
    stack.defer(() => rmSync(folder, { recursive: true, force: true }))
    const redis = await startRedis()
    stack.defer(() => redis.stop())
    const [port, tcpPort, udpPort] = [await freePort(), await freePort(), await freePort()]
    const config = {
      ...{ port, bind_addresses: ['127.0.0.1'], redis: { address: `127.0.0.1:${redis.port}` } },
      rtc: {
        ...{ tcp_port: tcpPort, udp_port: udpPort, use_external_ip: false, node_ip: '127.0.0.1' },
        ...{ enable_loopback_candidate: true, ips: { includes: ['127.0.0.0/8'] } },
        stun_servers: ['127.0.0.1:3478'],
      },
      ...{ turn: { enabled: false }, keys: { [apiKey]: apiSecret } },
      ...(webhookUrls.length > 0 && { webhook: { api_key: apiKey, urls: webhookUrls } }),
      logging: { level: 'error' },
    }
    // JSON is YAML too.
    writeFileSync(join(folder, 'livekit.yaml'), JSON.stringify(config), { mode: 0o600 })
    const server = startProcess(program, ['--config', join(folder, 'livekit.yaml')])
    stack.defer(() => server.stop('SIGKILL'))
    const http = `http://127.0.0.1:${port}`
    await untilReady(server, {
      isReady: () =>
        fetch(http).then(
          ({ ok }) => ok,
          () => false, // not listening yet
        ),
    })
    return {
      ...{ url: http.replace('http', 'ws'), apiKey, apiSecret, redis },
      close: () => stack.close(),
    }
  } catch (error) {
    await stack.close()
    throw error
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startProcess, type TestLiveKit, untilReady } from '@trunkline/testkit'

export interface TestSip {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

/** A livekit-sip on the Redis of this livekit-server. */
export async function startLiveKitSip(livekit: TestLiveKit): Promise<TestSip> {
  const host = '127.0.0.1'
  const [port, health] = [await freePort(), await freePort()]
  const rtpFirst = 22_000 + 2 * Math.floor(Math.random() * 2000)
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-sip-'))
  const config = {
    ...{ api_key: livekit.apiKey, api_secret: livekit.apiSecret, ws_url: livekit.url },
    ...{ redis: { address: `${host}:${livekit.redis.port}` }, sip_port: port },
    ...{ rtp_port: `${rtpFirst}-${rtpFirst + 99}`, use_external_ip: false, listen_ip: host },
    ...{
      nat_1_to_1_ip: host,
      health_port: health,
      max_cpu_utilization: 1,
      logging: { level: 'error' },
    },
  }
  // JSON is YAML too.
  writeFileSync(join(folder, 'sip.yaml'), JSON.stringify(config), { mode: 0o600 })
  const sip = startProcess('livekit-sip', ['--config', join(folder, 'sip.yaml')])
  await untilReady(sip, {
    isReady: () =>
      fetch(`http://${host}:${health}`).then(
        ({ status }) => status !== 503, // 429 says that this machine is busy; calls are taken all the same
        () => false, // not listening yet
      ),
  })
  return {
    ...{ host, port },
    async close() {
      await sip.stop('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { needs, startRedis } from '@trunkline/testkit'
import { SipClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { provision } from '../provision.ts'
import { probe } from '../stack/probe.ts'
import { freePort } from './free-port.ts'

describe('provision, on a real livekit-server', needs(['redis', 'livekit-server']), () => {
  const key = { apiKey: 'key', apiSecret: 'a-secret-of-more-than-32-characters' }
  const closers: (() => Promise<void> | void)[] = []
  let livekit = { ...key, url: '' }
  let client: SipClient

  beforeAll(async () => {
    const redis = await startRedis()
    const folder = mkdtempSync(join(tmpdir(), 'trunkline-provision-'))
    const [port, tcpPort, udpPort] = [await freePort(), await freePort(), await freePort()]
    const config = join(folder, 'livekit.yaml')
    const settings = {
      port,
      bind_addresses: ['127.0.0.1'],
      redis: { address: `127.0.0.1:${redis.port}` },
      rtc: { tcp_port: tcpPort, udp_port: udpPort, use_external_ip: false, node_ip: '127.0.0.1' },
      keys: { [key.apiKey]: key.apiSecret },
    }
    writeFileSync(config, stringify(settings))
    const server = spawn('livekit-server', ['--config', config], { stdio: 'ignore' })
    const ended = once(server, 'exit')
    closers.push(
      () => rmSync(folder, { recursive: true, force: true }),
      () => redis.stop(),
      async () => {
        server.kill('SIGKILL')
        await ended
      },
    )
    livekit = { ...key, url: `ws://127.0.0.1:${port}` }
    client = new SipClient(`http://127.0.0.1:${port}`, key.apiKey, key.apiSecret)
    const { signal } = new AbortController()
    while ((await probe({ kind: 'http', url: `http://127.0.0.1:${port}` }, signal)) !== undefined) {
      await sleep(50)
    }
  })
  afterAll(async () => {
    for (const close of closers.toReversed()) await close()
  })

  const wanted = (password: string) => ({
    livekit,
    username: 'caller',
    password,
    agentName: 'trunkline',
  })
  const read = async () => ({
    trunks: (await client.listSipInboundTrunk()).map((trunk) => trunk.toJson()),
    rules: (await client.listSipDispatchRule()).map((rule) => rule.toJson()),
  })

  it('creates trunk and rule once, and finds them again', async () => {
    const first = await provision(wanted('first-password'))
    expect(first.changed).toBe(true)
    expect(await provision(wanted('first-password'))).toEqual({ ...first, changed: false })
    expect(await read()).toMatchObject({
      trunks: [
        {
          name: 'trunkline',
          authUsername: 'caller',
          authPassword: 'first-password',
          ringingTimeout: '30s',
          media: { mediaTimeout: '600s' },
        },
      ],
      rules: [
        {
          name: 'trunkline',
          trunkIds: [first.trunkId],
          rule: { dispatchRuleCallee: { roomPrefix: 'call', randomize: true } },
          roomConfig: { agents: [{ agentName: 'trunkline' }] },
        },
      ],
    })
  })

  it('changes what differs and keeps the ids', async () => {
    const before = await provision(wanted('first-password'))
    const after = await provision({ ...wanted('second-password'), agentName: 'other' })
    expect(after).toEqual({ ...before, changed: true })
    expect(await read()).toMatchObject({
      trunks: [{ authPassword: 'second-password' }],
      rules: [{ roomConfig: { agents: [{ agentName: 'other' }] } }],
    })
  })

  it('takes numbers and doubles away that would refuse or open the line', async () => {
    await client.createSipInboundTrunk('trunkline', ['+490000000'], {
      authUsername: 'x',
      authPassword: 'y',
    })
    await client.createSipDispatchRule(
      { type: 'individual', roomPrefix: 'stray' },
      { name: 'trunkline' },
    )
    await provision(wanted('third-password'))
    const { trunks, rules } = await read()
    expect(trunks).toHaveLength(1)
    expect(trunks).not.toMatchObject([{ numbers: expect.anything() }])
    expect(rules).toMatchObject([{ rule: { dispatchRuleCallee: { roomPrefix: 'call' } } }])
  })
})

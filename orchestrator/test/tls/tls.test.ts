import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import {
  type Certificates,
  freePort,
  makeCertificates,
  type NodeService,
  needs,
  startLiveKitServer,
  startNodeService,
  startPostgres,
  startProcess,
  startTlsFront,
  type TestLiveKit,
  type TestPostgres,
  type TlsFront,
  untilReady,
} from '@trunkline/testkit'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const secret = () => randomBytes(24).toString('hex')

describe('TLS with an authority of our own', needs(['redis', 'postgres', 'livekit-server']), () => {
  const stack = createDisposalStack()
  const password = secret()
  let certificates: Certificates
  let postgres: TestPostgres
  let livekit: TestLiveKit
  let front: TlsFront
  let redisPort: number

  beforeAll(async () => {
    certificates = makeCertificates()
    stack.defer(() => certificates.remove())
    const { cert, key, ca } = certificates
    redisPort = await freePort()
    const redis = startProcess('redis-server', [
      ...['--port', '0', '--tls-port', String(redisPort), '--bind', '127.0.0.1'],
      ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', ca],
      ...['--tls-auth-clients', 'no', '--save', '', '--appendonly', 'no', '--dir', '/'],
      ...['--user', 'default', 'off'],
      ...['--user', 'trunkline', 'on', `>${password}`, '~*', '&*', '+@all', '-@dangerous', '+info'],
    ])
    stack.defer(() => redis.stop())
    await untilReady(redis, { isReady: async () => redis.output().includes('Ready to accept') })
    postgres = await startPostgres({ tls: { cert, key } })
    stack.defer(() => postgres.stop())
    livekit = await startLiveKitServer({ apiKey: 'trunkline', apiSecret: secret() })
    stack.defer(() => livekit.close())
    front = await startTlsFront(Number(new URL(livekit.url).port), certificates)
    stack.defer(() => front.close())
  })
  afterAll(() => stack.close())

  const tokens = { AGENT_TOKEN: secret(), OPERATOR_TOKEN: secret() }
  const environment = (changes: Record<string, string> = {}) => ({
    ...tokens,
    TRUNKLINE_MODE: 'production',
    DATA_REGION: 'eu',
    RECORDS_SECRET: secret(),
    LINES_DIR: join(root, 'lines'),
    REDIS_URL: `rediss://trunkline:${password}@localhost:${redisPort}/0`,
    DATABASE_URL: `${postgres.url.replace('127.0.0.1', 'localhost')}?sslmode=verify-full&sslrootcert=${certificates.ca}`,
    LIVEKIT_URL: `wss://localhost:${front.port}`,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
    SIP_OUTBOUND_TRUNK_ID: 'ST_nowhere',
    NODE_EXTRA_CA_CERTS: certificates.ca,
    ...changes,
  })
  const start = async (
    changes: Record<string, string>,
    readyPath: string,
  ): Promise<NodeService> => {
    const service = await startNodeService({
      ...{ main: join(root, 'orchestrator/src/main.ts'), portVariable: 'ORCHESTRATOR_PORT' },
      ...{ env: environment(changes), readyPath },
    })
    onTestFinished(() => service.stop())
    return service
  }
  /** Dialling makes a room first, which needs livekit-server. */
  const dial = (service: NodeService) =>
    fetch(`${service.url}/v1/calls`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens.OPERATOR_TOKEN}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ line: 'harbour-hotel', to: '+4940123456' }),
    })
  const isStoreReady = async (service: NodeService) =>
    !(await (await fetch(`${service.url}/readyz`)).text()).includes('redis')

  it('reaches Redis as an ACL user, PostgreSQL by verify-full and LiveKit by wss', async () => {
    const service = await start({}, '/healthz')
    expect(await isStoreReady(service)).toBe(true)
    const redis = new Redis(`rediss://trunkline:${password}@localhost:${redisPort}/0`, {
      tls: { rejectUnauthorized: false },
    })
    onTestFinished(() => redis.disconnect())
    expect(await redis.info('clients')).toMatch(/connected_clients:([2-9]|\d\d)/)
    const client = new pg.Client(postgres.url)
    await client.connect()
    onTestFinished(() => client.end())
    const { rows } = await client.query('select count(*)::int as count from pg_stat_ssl where ssl')
    expect(rows[0].count).toBeGreaterThan(0)
    const before = front.accepted
    expect((await dial(service)).status).toBe(202)
    expect(front.accepted).toBeGreaterThan(before)
  })

  it('talks to neither Redis nor LiveKit under a certificate of somebody else', async () => {
    const service = await start({ NODE_EXTRA_CA_CERTS: certificates.otherCa }, '/healthz')
    expect(await isStoreReady(service)).toBe(false)
    expect((await dial(service)).status).toBe(503)
  })

  it('does not start with a database under a certificate of somebody else, or for another name', async () => {
    const { DATABASE_URL } = environment()
    const wrong = [
      DATABASE_URL.replace(certificates.ca, certificates.otherCa),
      DATABASE_URL.replace('localhost', '127.0.0.1'),
    ]
    for (const url of wrong) {
      const starting = start({ DATABASE_URL: url }, '/healthz')
      await expect(starting).rejects.toThrow(/no PostgreSQL answers/)
    }
  })
})

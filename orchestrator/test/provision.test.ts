import { needs, startLiveKitServer } from '@trunkline/testkit'
import { SipClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { provision } from '../src/livekit/provision/provision.ts'

describe('provision, on a real livekit-server', needs(['redis', 'livekit-server']), () => {
  const key = { apiKey: 'key', apiSecret: 'a-secret-of-more-than-32-characters' }
  let livekit = { ...key, url: '' }
  let client: SipClient
  let close = async () => {}

  beforeAll(async () => {
    const server = await startLiveKitServer(key)
    close = server.close
    livekit = { ...key, url: server.url }
    client = new SipClient(server.url.replace('ws', 'http'), key.apiKey, key.apiSecret)
  })
  afterAll(() => close())

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
    expect(await provision(wanted('first-password'))).toEqual({
      ...first,
      ...{ changed: false, wasMissing: false },
    })
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
    expect(after).toEqual({ ...before, changed: true, wasMissing: false })
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

import { describe, expect, it } from 'vitest'
import { offsetPorts } from '../ports.ts'
import { stackParts } from './parts.ts'
import { type StackPlan, stackAddresses } from './plan.ts'
import { runDir } from './run-dir.ts'

const plan: StackPlan = {
  root: '/repo',
  node: '/repo/node_modules/.bin/node',
  portOffset: 100,
  ports: offsetPorts(100),
  listen: { bind: '127.0.0.1', announce: '127.0.0.1', isLoopback: true },
  runDir: runDir({}, { root: '/repo', portOffset: 100 }),
  settings: { PATH: '/bin', LLM_MODEL: 'big', RIVA_SSL: 'true', REDIS_URL: '', PWD: '/x' },
  externals: {},
  secrets: {
    livekitApiKey: 'key',
    livekitApiSecret: 'secret-of-livekit',
    agentToken: 'agent-token',
    operatorToken: 'operator-token',
    sipUsername: 'caller',
    sipPassword: 'sip-password',
  },
  programs: {
    redis: { kind: 'program', path: '/bin/redis-server' },
    livekit: { kind: 'program', path: '/bin/livekit-server' },
    sip: { kind: 'program', path: '/bin/livekit-sip' },
  },
}

const names = (parts: ReturnType<typeof stackParts>) => parts.map((part) => part.name)
const part = (of: StackPlan, name: string) => {
  const found = stackParts(of).find((one) => one.name === name)
  if (!found) throw new Error(`no part ${name}`)
  return found
}

describe('stackParts', () => {
  it('holds every part, the ones others need first', () => {
    const parts = stackParts(plan)
    expect(names(parts)).toEqual([
      'redis',
      'livekit-server',
      'livekit-sip',
      'speech',
      'llm',
      'asr-proxy',
      'tts-router',
      'orchestrator',
      'agent',
      'last-words',
    ])
    for (const [index, { needs }] of parts.entries()) {
      for (const name of needs) expect(names(parts).indexOf(name)).toBeLessThan(index)
    }
  })

  it('has a stand-in take the calls where livekit-sip is missing, and only there', () => {
    const { redis, livekit } = plan.programs
    const without = { ...plan, programs: { ...(redis && { redis }), ...(livekit && { livekit }) } }
    expect(names(stackParts(without)).slice(0, 3)).toEqual([
      'redis',
      'livekit-server',
      'sip-standin',
    ])
    expect(part(without, 'sip-standin')).toMatchObject({
      args: ['--import', '@trunkline/telemetry/register', '/repo/standins/sip/src/main.ts'],
      needs: ['livekit-server'],
      env: { SIP_PORT: '5160', SIP_API_PORT: '8183', LIVEKIT_URL: 'ws://127.0.0.1:7980' },
    })
    const { env } = part(without, 'orchestrator')
    expect(env).toMatchObject({
      LIVEKIT_SIP_API_URL: 'http://127.0.0.1:8183',
      SIP_TRUNK_USERNAME: 'caller',
    })
    expect(part(plan, 'orchestrator').env['LIVEKIT_SIP_API_URL']).toBeUndefined()
  })

  it('does not start a part that runs elsewhere, and waits for none', () => {
    const parts = stackParts({
      ...plan,
      externals: {
        riva: { address: 'gpu:50051', tls: false },
        llm: { url: 'http://gpu:8000/v1' },
        redis: { url: 'redis://cache:6379/2' },
        livekit: { url: 'wss://livekit', apiKey: 'k', apiSecret: 's' },
      },
      programs: {},
    })
    expect(names(parts)).toEqual(['asr-proxy', 'tts-router', 'orchestrator', 'agent', 'last-words'])
    expect(parts.map((one) => one.needs)).toEqual([[], [], [], ['orchestrator'], ['tts-router']])
    expect(
      part({ ...plan, externals: { riva: { address: 'gpu:50051', tls: true } } }, 'asr-proxy').env,
    ).toMatchObject({
      RIVA_URI: 'gpu:50051',
      RIVA_SSL: 'true',
    })
  })

  it('lets settings through and decides addresses, ports and keys itself', () => {
    const { env } = part(plan, 'orchestrator')
    expect(env).toMatchObject({
      LLM_MODEL: 'big',
      ORCHESTRATOR_PORT: '8180',
      REDIS_URL: 'redis://127.0.0.1:6479/1',
      LIVEKIT_REDIS_URL: 'redis://127.0.0.1:6479',
      LIVEKIT_URL: 'ws://127.0.0.1:7980',
      LLM_SERVICE_URL: 'http://127.0.0.1:8100/v1',
      DATA_DIR: '/repo/.run/offset-100/data',
      LINES_DIR: '/repo/lines',
      TRUNKLINE_MODE: 'local',
      AGENT_TOKEN: 'agent-token',
    })
    expect(part(plan, 'asr-proxy').env).toMatchObject({ RIVA_SSL: 'false' })
  })

  it('has read the files that settings name for what it decides: the services are not to read them too', () => {
    const files = { OPERATOR_TOKEN_FILE: '/run/token', LLM_API_KEY_FILE: '/run/key' }
    const { env } = part({ ...plan, settings: { ...plan.settings, ...files } }, 'orchestrator')
    expect(env).toMatchObject({ OPERATOR_TOKEN: 'operator-token', LLM_API_KEY_FILE: '/run/key' })
    expect(env['OPERATOR_TOKEN_FILE']).toBeUndefined()
  })

  it('gives keys only to those who need them', () => {
    for (const name of ['redis', 'livekit-server', 'livekit-sip', 'speech', 'llm', 'tts-router']) {
      const values = JSON.stringify(part(plan, name))
      expect(values).not.toContain('agent-token')
      expect(values).not.toContain('secret-of-livekit')
    }
    expect(part(plan, 'agent').env['OPERATOR_TOKEN']).toBeUndefined()
    expect(part(plan, 'redis').env).toEqual({ PATH: '/bin' })
  })

  it('runs a program in a container on the host network where there is only docker', () => {
    const docker = { kind: 'docker', path: '/bin/docker', image: 'livekit/sip:v1' } as const
    const { command, args, container } = part(
      { ...plan, programs: { ...plan.programs, sip: docker } },
      'livekit-sip',
    )
    expect(command).toBe('/bin/docker')
    expect(container).toBe('trunkline-100-livekit-sip')
    expect(args.join(' ')).toContain('--network host')
    expect(args.slice(-3)).toEqual([
      'livekit/sip:v1',
      '--config',
      '/repo/.run/offset-100/config/livekit-sip.yaml',
    ])
  })
})

describe('stackAddresses', () => {
  it("keeps livekit's keys in database 0 of a redis of your own", () => {
    const of = { ...plan, externals: { redis: { url: 'redis://u:p@cache:6379/2' } } }
    expect(stackAddresses(of)).toMatchObject({
      redis: 'redis://u:p@cache:6379/2',
      livekitRedis: 'redis://u:p@cache:6379',
    })
  })
})

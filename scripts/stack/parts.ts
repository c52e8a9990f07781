import { join } from 'node:path'
import type { Launch, StackPlan } from './plan.ts'
import { stackAddresses, telephoneLine } from './plan.ts'
import type { Probe } from './probe.ts'
import type { StopStep } from './process-group.ts'
import { foreignEnv, type OwnService, serviceEnv, sipStandIn } from './service-env.ts'
import type { PartSpec } from './supervisor.ts'

export const configFiles = { livekit: 'livekit.yaml', sip: 'livekit-sip.yaml' } as const

// While calls run, livekit-sip waits for them on SIGTERM for as long as they last; SIGINT ends it.
const sipStop: readonly StopStep[] = [
  { signal: 'SIGTERM', graceMs: 1500 },
  { signal: 'SIGINT', graceMs: 3000 },
]

// livekit-server drains on the first signal and is forced by the second.
const livekitStop: readonly StopStep[] = [
  { signal: 'SIGTERM', graceMs: 2000 },
  { signal: 'SIGTERM', graceMs: 3000 },
]

type UnorderedPart = Omit<PartSpec, 'order'>

/** The parts of a stack in the order in which they are listed and, reversed, ended. */
export function stackParts(plan: StackPlan): readonly PartSpec[] {
  const { ports, programs, externals } = plan
  const http = (port: number, path: string): Probe => ({
    kind: 'http',
    url: `http://127.0.0.1:${port}${path}`,
  })
  return [
    ...(programs.redis ? [redisPart(plan, programs.redis)] : []),
    ...(programs.livekit ? [livekitPart(plan, programs.livekit)] : []),
    ...(programs.sip ? [sipPart(plan, programs.sip)] : []),
    ...(telephoneLine(plan) === 'stand-in'
      ? [ownPart(plan, sipStandIn, http(ports.sipHealth, '/readyz'), ['livekit-server'])]
      : []),
    ...(externals.riva ? [] : [ownPart(plan, 'speech', http(ports.speechHttp, '/readyz'))]),
    ...(externals.llm ? [] : [ownPart(plan, 'llm', http(ports.llm, '/v1/health/ready'))]),
    ownPart(plan, 'asr-proxy', http(ports.asrProxyHttp, '/readyz'), ['speech']),
    ownPart(plan, 'tts-router', http(ports.ttsRouter, '/readyz'), ['redis', 'speech']),
    ownPart(plan, 'orchestrator', http(ports.orchestrator, '/readyz'), ['redis', 'livekit-server']),
    ownPart(plan, 'agent', http(ports.agentMetrics, '/readyz'), ['livekit-server', 'orchestrator']),
    ownPart(plan, 'last-words', http(ports.lastWords, '/readyz'), ['livekit-server', 'tts-router']),
  ].map((part, order, all) => ({
    ...part,
    order,
    needs: part.needs.filter((name) => all.some((other) => other.name === name)),
  }))
}

const mains: Readonly<Record<OwnService, string>> = {
  speech: 'standins/speech/src',
  [sipStandIn]: 'standins/sip/src',
  llm: 'standins/llm/src',
  'asr-proxy': 'asr-proxy/src',
  'tts-router': 'tts-router/src',
  orchestrator: 'orchestrator/src',
  agent: 'agent/src',
  'last-words': 'agent/src/last-words',
}

function ownPart(
  plan: StackPlan,
  name: OwnService,
  ready: Probe,
  needs: readonly string[] = [],
): UnorderedPart {
  return {
    ...common(plan, name),
    needs,
    command: plan.node,
    args: ['--import', '@trunkline/telemetry/register', join(plan.root, mains[name], 'main.ts')],
    env: serviceEnv(plan, name),
    cwd: plan.root,
    ready,
    readyTimeoutMs: 90_000,
    stop: [{ signal: 'SIGTERM', graceMs: 4000 }],
  }
}

function redisPart(plan: StackPlan, launch: Launch): UnorderedPart {
  const { ports } = plan
  const flags = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const args = ['--port', String(ports.redis), ...flags]
  return {
    ...common(plan, 'redis'),
    ...foreign(plan, launch, { name: 'redis', entry: ['redis-server'], args }),
    needs: [],
    ready: { kind: 'redis', port: ports.redis },
    readyTimeoutMs: 30_000,
  }
}

function livekitPart(plan: StackPlan, launch: Launch): UnorderedPart {
  const args = ['--config', join(plan.runDir.configs, configFiles.livekit)]
  const { livekit } = stackAddresses(plan)
  return {
    ...common(plan, 'livekit-server'),
    ...foreign(plan, launch, { name: 'livekit-server', args }),
    needs: ['redis'],
    ready: { kind: 'http', url: livekit.url.replace(/^ws/, 'http') },
    readyTimeoutMs: 60_000,
    stop: livekitStop,
  }
}

function sipPart(plan: StackPlan, launch: Launch): UnorderedPart {
  const args = ['--config', join(plan.runDir.configs, configFiles.sip)]
  return {
    ...common(plan, 'livekit-sip'),
    ...foreign(plan, launch, { name: 'livekit-sip', args }),
    needs: ['redis', 'livekit-server'],
    // 429 is its word for a busy machine; it takes calls all the same.
    ready: {
      kind: 'http',
      url: `http://127.0.0.1:${plan.ports.sipHealth}/`,
      alsoReady: 429,
    },
    readyTimeoutMs: 60_000,
    stop: sipStop,
  }
}

function common({ runDir }: StackPlan, name: string) {
  return { name, log: join(runDir.logs, `${name}.log`) }
}

/** A program, or the same in a container that shares the host's network and sees the run folder. */
function foreign(
  { runDir, settings, portOffset }: StackPlan,
  launch: Launch,
  { name, args, entry = [] }: { name: string; args: readonly string[]; entry?: readonly string[] },
) {
  const base = { env: foreignEnv(settings), cwd: runDir.folder }
  if (launch.kind === 'program') return { ...base, command: launch.path, args }
  const container = `trunkline-${portOffset}-${name}`
  const mount = `${runDir.folder}:${runDir.folder}:ro`
  const flags = ['run', '--rm', '--name', container, '--network', 'host', '--volume', mount]
  return {
    ...base,
    container,
    command: launch.path,
    args: [...flags, launch.image, ...entry, ...args],
  }
}

import type { Ports } from '../ports.ts'
import type { Environment, Externals } from '../settings/settings.ts'
import type { ListenAddress } from './listen-address.ts'
import type { RunDir } from './run-dir.ts'
import type { Secrets } from './secrets.ts'

/** How a program that is not ours is run. */
export type Launch =
  | { readonly kind: 'program'; readonly path: string }
  | { readonly kind: 'docker'; readonly path: string; readonly image: string }

/** Everything that decides what one stack consists of; made before anything starts. */
export interface StackPlan {
  readonly root: string
  /** The project's Node. */
  readonly node: string
  readonly portOffset: number
  readonly ports: Ports
  readonly listen: ListenAddress
  readonly runDir: RunDir
  readonly settings: Environment
  readonly externals: Externals
  readonly secrets: Secrets
  readonly programs: {
    readonly redis?: Launch
    readonly livekit?: Launch
    readonly sip?: Launch
  }
}

export interface Addresses {
  readonly livekit: { readonly url: string; readonly apiKey: string; readonly apiSecret: string }
  readonly orchestrator: string
  readonly asrProxy: string
  readonly asrProxyGrpc: string
  readonly ttsRouter: string
  readonly riva: string
  readonly speechHttp: string
  readonly llm: string
  readonly agentHealth: string
  readonly agentMetrics: string
  /** Ours. */
  readonly redis: string
  /** The one livekit-server and livekit-sip share. */
  readonly livekitRedis: string
}

/** What takes telephone calls: livekit-sip or its stand-in, or nothing of ours where LiveKit runs elsewhere. */
export function telephoneLine({
  programs,
  externals,
}: StackPlan): 'livekit-sip' | 'stand-in' | 'elsewhere' {
  if (programs.sip) return 'livekit-sip'
  return externals.livekit ? 'elsewhere' : 'stand-in'
}

/** Where every part is reached, ours and those that run elsewhere. */
export function stackAddresses(plan: StackPlan): Addresses {
  const { ports, externals, secrets } = plan
  const http = (port: number) => `http://127.0.0.1:${port}`
  const ownRedis = `redis://127.0.0.1:${ports.redis}`
  return {
    livekit: externals.livekit ?? {
      url: `ws://127.0.0.1:${ports.livekit}`,
      apiKey: secrets.livekitApiKey,
      apiSecret: secrets.livekitApiSecret,
    },
    orchestrator: http(ports.orchestrator),
    asrProxy: http(ports.asrProxyHttp),
    asrProxyGrpc: `127.0.0.1:${ports.asrProxyGrpc}`,
    ttsRouter: http(ports.ttsRouter),
    riva: externals.riva?.address ?? `127.0.0.1:${ports.speechGrpc}`,
    speechHttp: http(ports.speechHttp),
    llm: externals.llm?.url ?? `${http(ports.llm)}/v1`,
    agentHealth: http(ports.agentHealth),
    agentMetrics: http(ports.agentMetrics),
    redis: externals.redis?.url ?? `${ownRedis}/1`,
    livekitRedis: externals.livekitRedis?.url ?? livekitDatabase(externals.redis?.url ?? ownRedis),
  }
}

/** The same server's database 0: livekit's keys stay apart from ours. */
function livekitDatabase(redisUrl: string): string {
  const url = new URL(redisUrl)
  url.pathname = ''
  return url.toString()
}

import { join } from 'node:path'
import { rtpPortCount } from '../ports.ts'
import type { Environment } from '../settings/settings.ts'
import { type StackPlan, stackAddresses, telephoneLine } from './plan.ts'

/** The part that takes livekit-sip's place. */
export const sipStandIn = 'sip-standin'

export const ownServices = [
  sipStandIn,
  'speech',
  'llm',
  'asr-proxy',
  'tts-router',
  'orchestrator',
  'agent',
  'last-words',
] as const
export type OwnService = (typeof ownServices)[number]

/**
 * The environment of one of our services: the user's settings below what the stack decides, which are
 * addresses, ports and keys.
 */
export function serviceEnv(plan: StackPlan, service: OwnService): Environment {
  const { settings } = plan
  const decisions = {
    LOG_LEVEL: settings['LOG_LEVEL'] || 'info',
    LISTEN_HOST: '127.0.0.1',
    TRUNKLINE_MODE: 'local',
    OTEL_SERVICE_NAME: settings['OTEL_SERVICE_NAME'] || `trunkline-${service}`,
    ...decided(plan, service),
  }
  return { ...settings, ...withoutFiles(decisions), ...decisions }
}

/** Where the stack decides, a file that the user names for it (`NAME_FILE`) has been read, or is not wanted. */
function withoutFiles(decisions: Environment): Environment {
  return Object.fromEntries(Object.keys(decisions).map((name) => [`${name}_FILE`, undefined]))
}

/** For programs that are not ours: what any program needs, and none of the settings. */
export function foreignEnv(settings: Environment): Environment {
  const names = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', 'TZ', 'DOCKER_HOST', 'DOCKER_CONTEXT']
  return Object.fromEntries(names.map((name) => [name, settings[name]]))
}

function decided(plan: StackPlan, service: OwnService): Environment {
  const { ports, externals, secrets, settings, root, runDir } = plan
  const to = stackAddresses(plan)
  const livekit = {
    LIVEKIT_URL: to.livekit.url,
    LIVEKIT_API_KEY: to.livekit.apiKey,
    LIVEKIT_API_SECRET: to.livekit.apiSecret,
  }
  // A key and TLS for an NVIDIA endpoint would only keep the stand-in from being reached.
  const riva = externals.riva
    ? { RIVA_URI: to.riva }
    : { RIVA_URI: to.riva, RIVA_SSL: 'false', RIVA_TTS_URI: undefined }
  switch (service) {
    case sipStandIn:
      return {
        ...livekit,
        SIP_PORT: String(ports.sip),
        SIP_LISTEN_IP: plan.listen.bind,
        SIP_ADVERTISED_IP: plan.listen.announce,
        SIP_RTP_FIRST_PORT: String(ports.rtpFirst),
        SIP_RTP_LAST_PORT: String(ports.rtpFirst + rtpPortCount - 1),
        SIP_API_PORT: String(ports.sipHealth),
      }
    case 'speech':
      return {
        SPEECH_GRPC_PORT: String(ports.speechGrpc),
        SPEECH_HTTP_PORT: String(ports.speechHttp),
      }
    case 'llm':
      return { LLM_PORT: String(ports.llm) }
    case 'asr-proxy':
      return {
        ...riva,
        ASR_PROXY_GRPC_PORT: String(ports.asrProxyGrpc),
        ASR_PROXY_HTTP_PORT: String(ports.asrProxyHttp),
      }
    case 'tts-router':
      return { ...riva, REDIS_URL: to.redis, TTS_ROUTER_PORT: String(ports.ttsRouter) }
    case 'orchestrator':
      return {
        ...livekit,
        ORCHESTRATOR_PORT: String(ports.orchestrator),
        REDIS_URL: to.redis,
        // A LiveKit elsewhere has a Redis of its own, which only the user can name.
        LIVEKIT_REDIS_URL: externals.livekit ? externals.livekitRedis?.url : to.livekitRedis,
        DATA_DIR: settings['DATA_DIR'] || runDir.data,
        LINES_DIR: settings['LINES_DIR'] || join(root, 'lines'),
        LLM_SERVICE_URL: to.llm,
        AGENT_TOKEN: secrets.agentToken,
        OPERATOR_TOKEN: secrets.operatorToken,
        // livekit-server passes calls to dial and to hand over on to livekit-sip only.
        ...(telephoneLine(plan) === 'stand-in' && {
          LIVEKIT_SIP_API_URL: `http://127.0.0.1:${ports.sipHealth}`,
        }),
        // Only with a gateway of ours is there a trunk to keep.
        ...(telephoneLine(plan) !== 'elsewhere' && {
          SIP_TRUNK_USERNAME: secrets.sipUsername,
          SIP_TRUNK_PASSWORD: secrets.sipPassword,
        }),
      }
    case 'agent':
    case 'last-words':
      return {
        ...livekit,
        LAST_WORDS_PORT: String(ports.lastWords),
        DATA_DIR: settings['DATA_DIR'] || runDir.data,
        AGENT_HTTP_PORT: String(ports.agentHealth),
        AGENT_METRICS_PORT: String(ports.agentMetrics),
        ORCHESTRATOR_URL: to.orchestrator,
        AGENT_TOKEN: secrets.agentToken,
        ASR_PROXY_URI: to.asrProxyGrpc,
        TTS_ROUTER_URL: to.ttsRouter,
      }
    default:
      return service satisfies never
  }
}

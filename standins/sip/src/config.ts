import {
  exampleSecretRule,
  type LogLevel,
  port,
  readEnvironment,
  regionRule,
  serviceVariables,
} from '@trunkline/runtime'
import { z } from 'zod'

const seconds = (fallback: number) => z.coerce.number().min(0.1).max(86_400).default(fallback)

const environment = z.object({
  ...serviceVariables,
  LIVEKIT_URL: z.url({ protocol: /^wss?$/ }).default('ws://127.0.0.1:7880'),
  LIVEKIT_API_KEY: z.string(),
  LIVEKIT_API_SECRET: z.string(),
  SIP_API_PORT: port.default(8083),
  SIP_PORT: port.default(5060),
  SIP_LISTEN_IP: z.ipv4().default('127.0.0.1'),
  SIP_ADVERTISED_IP: z.ipv4().optional(),
  SIP_RTP_FIRST_PORT: port.default(10_000),
  SIP_RTP_LAST_PORT: port.default(11_999),
  SIP_MEDIA_TIMEOUT_INITIAL_SECONDS: seconds(30),
  SIP_MEDIA_TIMEOUT_SECONDS: seconds(15),
})

const rules = [regionRule(['LIVEKIT_URL']), exampleSecretRule(['LIVEKIT_API_SECRET'])]

/** livekit-server, as it is reached and signed for. */
export interface LiveKitConfig {
  /** ws: or wss: */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
}

export interface Config {
  readonly log: { readonly level: LogLevel }
  readonly http: { readonly host: string; readonly port: number }
  readonly livekit: LiveKitConfig
  readonly sip: {
    readonly host: string
    readonly port: number
    /** Address that peers are told, where it differs from `host`. */
    readonly advertisedHost: string | undefined
    readonly rtpPorts: { readonly first: number; readonly last: number }
    /** How often 180 is repeated. */
    readonly ringingIntervalMs: number
  }
  /** How long a peer may send no RTP: from the answer on, and later. */
  readonly mediaTimeout: { readonly initialMs: number; readonly laterMs: number }
}

/** @throws {ConfigError} naming every faulty variable */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = readEnvironment(environment, env, { rules })
  return {
    log: { level: read.LOG_LEVEL },
    http: { host: read.LISTEN_HOST, port: read.SIP_API_PORT },
    livekit: {
      url: read.LIVEKIT_URL,
      apiKey: read.LIVEKIT_API_KEY,
      apiSecret: read.LIVEKIT_API_SECRET,
    },
    sip: {
      host: read.SIP_LISTEN_IP,
      port: read.SIP_PORT,
      advertisedHost: read.SIP_ADVERTISED_IP,
      rtpPorts: { first: read.SIP_RTP_FIRST_PORT, last: read.SIP_RTP_LAST_PORT },
      ringingIntervalMs: 1000,
    },
    mediaTimeout: {
      initialMs: 1000 * read.SIP_MEDIA_TIMEOUT_INITIAL_SECONDS,
      laterMs: 1000 * read.SIP_MEDIA_TIMEOUT_SECONDS,
    },
  }
}

import {
  callVariables,
  exampleSecretRule,
  hostPort,
  type LogLevel,
  port,
  readEnvironment,
  regionRule,
  serviceVariables,
} from '@trunkline/runtime'
import { z } from 'zod'

const environment = z.object({
  ...serviceVariables,
  ...callVariables,
  ASR_PROXY_GRPC_PORT: port.default(50052),
  ASR_PROXY_HTTP_PORT: port.default(8082),
  RIVA_URI: hostPort.default('127.0.0.1:50051'),
  RIVA_SSL: z.stringbool().default(false),
  RIVA_API_KEY: z.string().optional(),
  RIVA_ASR_FUNCTION_ID: z.uuid().optional(),
})

const rules = [regionRule(['RIVA_URI']), exampleSecretRule(['RIVA_API_KEY'])]

export interface Config {
  readonly log: { readonly level: LogLevel }
  readonly grpc: { readonly host: string; readonly port: number }
  readonly http: { readonly host: string; readonly port: number }
  readonly riva: RivaTarget
  /** How long a stop waits for running streams: a stream lives as long as its call. */
  readonly drainMs: number
}

export interface RivaTarget {
  /** `host:port` */
  readonly uri: string
  readonly ssl: boolean
  /** Sent as `authorization: Bearer …`; for NVIDIA's hosted endpoints. */
  readonly apiKey: string | undefined
  readonly functionId: string | undefined
}

/** @throws {ConfigError} naming every faulty variable */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = readEnvironment(environment, env, { rules })
  return {
    log: { level: read.LOG_LEVEL },
    grpc: { host: read.LISTEN_HOST, port: read.ASR_PROXY_GRPC_PORT },
    http: { host: read.LISTEN_HOST, port: read.ASR_PROXY_HTTP_PORT },
    riva: {
      uri: read.RIVA_URI,
      ssl: read.RIVA_SSL,
      apiKey: read.RIVA_API_KEY,
      functionId: read.RIVA_ASR_FUNCTION_ID,
    },
    drainMs: read.MAX_CALL_SECONDS * 1000,
  }
}

import { listenerVariables, port, readEnvironment } from '@trunkline/runtime'
import { z } from 'zod'

const schema = z
  .object({
    ...listenerVariables,
    SPEECH_GRPC_PORT: port.default(50051),
    SPEECH_HTTP_PORT: port.default(8100),
    SPEECH_WORKERS: z.coerce.number().int().min(1).max(64).default(2),
  })
  .transform((env) => ({
    log: { level: env.LOG_LEVEL },
    grpc: { host: env.LISTEN_HOST, port: env.SPEECH_GRPC_PORT },
    http: { host: env.LISTEN_HOST, port: env.SPEECH_HTTP_PORT },
    /** Threads that recognise speech, each with one core. */
    workers: env.SPEECH_WORKERS,
    /** Like Riva's: a stream that brings no audio for so long is over. */
    streamIdleMs: 60_000,
    /** Time that calls under way get when the server stops. */
    drainMs: 2_000,
    espeakProgram: 'espeak-ng',
  }))

export type Config = Readonly<z.output<typeof schema>>

/** @throws {ConfigError} naming every faulty variable */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return readEnvironment(schema, env)
}

import { listenerVariables, port, readEnvironment } from '@trunkline/runtime'
import { z } from 'zod'

const schema = z
  .object({
    ...listenerVariables,
    SPEECH_GRPC_PORT: port.default(50051),
    SPEECH_HTTP_PORT: port.default(8100),
    SPEECH_WORKERS: z.coerce.number().int().min(1).max(64).default(2),
    SPEECH_STANDIN_FINAL_MS: z.coerce.number().min(0).max(60_000).default(0),
    SPEECH_STANDIN_FIRST_AUDIO_MS: z.coerce.number().min(0).max(60_000).default(0),
    SPEECH_STANDIN_KNOWN_SPEECH: z.stringbool().default(false),
  })
  .transform((env) => ({
    log: { level: env.LOG_LEVEL },
    grpc: { host: env.LISTEN_HOST, port: env.SPEECH_GRPC_PORT },
    http: { host: env.LISTEN_HOST, port: env.SPEECH_HTTP_PORT },
    /** Threads that recognise speech, each with one core. */
    workers: env.SPEECH_WORKERS,
    /** No final and no first audio comes sooner than so long after it was asked for. */
    declared: {
      finalMs: env.SPEECH_STANDIN_FINAL_MS,
      firstAudioMs: env.SPEECH_STANDIN_FIRST_AUDIO_MS,
    },
    /** Recognises what it has spoken itself, and nothing else, in the place of the model. */
    isKnownSpeechOnly: env.SPEECH_STANDIN_KNOWN_SPEECH,
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

import { join } from 'node:path'
import {
  bearerTokens,
  callVariables,
  exampleSecretRule,
  firstToken,
  hostPort,
  type LogLevel,
  port,
  readEnvironment,
  regionRule,
  serviceVariables,
} from '@trunkline/runtime'
import { z } from 'zod'
import type { SinkSettings } from './recording/create-sink.ts'
import { recordingRule, recordingVariables, toSinkSettings } from './recording/sink-settings.ts'

const schema = z.object({
  ...serviceVariables,
  ...callVariables,
  LIVEKIT_URL: z
    .url({ protocol: /^(wss?|https?)$/ })
    .refine(hasNoPath, 'has a path: agents-js puts its own behind the host')
    .default('ws://127.0.0.1:7880'),
  LIVEKIT_API_KEY: z.string(),
  LIVEKIT_API_SECRET: z.string(),
  LIVEKIT_SIP_API_URL: z.url({ protocol: /^(wss?|https?)$/ }).optional(),
  AGENT_NAME: z.string().default('trunkline'),
  AGENT_SLOTS: z.coerce.number().int().min(1).max(200).default(4),
  AGENT_IDLE_PROCESSES: z.coerce.number().int().min(1).max(50).default(2),
  AGENT_JOB_MEMORY_MB: z.coerce.number().int().min(128).max(65_536).default(1024),
  // agents-js takes 8081 for 0, so a free port cannot be asked for
  AGENT_HTTP_PORT: z.coerce.number().int().min(1).max(65535).default(8081),
  AGENT_METRICS_PORT: port.default(9464),
  LAST_WORDS_AGENT_NAME: z.string().min(1).default('trunkline-last-words'),
  LAST_WORDS_PORT: port.default(9465),
  ORCHESTRATOR_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8080'),
  AGENT_TOKEN: bearerTokens({ minLength: 1 }),
  ASR_PROXY_URI: hostPort.default('127.0.0.1:50052'),
  TTS_ROUTER_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:9000'),
  DATA_DIR: z.string().min(1).default('.run/data'),
  ...recordingVariables,
  SPOKEN_LINES_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1_000_000)
    .default(256 * 1024 * 1024),
})

const rules = [
  regionRule([
    'LIVEKIT_URL',
    'LIVEKIT_SIP_API_URL',
    'ORCHESTRATOR_URL',
    'ASR_PROXY_URI',
    'TTS_ROUTER_URL',
    'RECORDING_S3_ENDPOINT',
  ]),
  recordingRule,
  exampleSecretRule(['AGENT_TOKEN', 'LIVEKIT_API_SECRET']),
]

export interface Config {
  readonly log: { readonly level: LogLevel }
  readonly livekit: {
    readonly url: string
    readonly apiKey: string
    readonly apiSecret: string
    /** Where callers are handed over (Twirp livekit.SIP). */
    readonly sipApiUrl: string
  }
  readonly worker: {
    readonly name: string
    /** Calls at once. */
    readonly slots: number
    /** Job processes held ready, one call each; with two a job that dies as its call begins is replaced by a warm one. */
    readonly idleProcesses: number
    /** Resident; a job with more is killed and replaced. One call takes about 250. */
    readonly jobMemoryMb: number
    readonly host: string
    /** agents-js' own server: `/` is 200 while registered, `/worker` describes it. */
    readonly port: number
  }
  readonly http: { readonly host: string; readonly port: number }
  /** The small worker beside this one that speaks from disk when no agent comes. */
  readonly lastWords: { readonly name: string; readonly port: number }
  readonly orchestrator: { readonly url: string; readonly token: string }
  readonly asr: { readonly uri: string }
  readonly tts: { readonly url: string }
  /** Audio that must be there when the tts-router is not. */
  readonly spokenLines: { readonly dir: string; readonly maxBytes: number }
  /** What was last known of each line, for calls that no orchestrator welcomes. */
  readonly lineMemory: { readonly dir: string }
  /** Where jobs write recordings, and where those are kept. */
  readonly recording: { readonly spoolDir: string; readonly sink: SinkSettings }
  readonly maxCallMs: number
}

/** @throws {ConfigError} naming every faulty variable */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = readEnvironment(schema, env, { rules })
  return {
    log: { level: set.LOG_LEVEL },
    livekit: {
      url: set.LIVEKIT_URL,
      apiKey: set.LIVEKIT_API_KEY,
      apiSecret: set.LIVEKIT_API_SECRET,
      sipApiUrl: set.LIVEKIT_SIP_API_URL ?? set.LIVEKIT_URL,
    },
    worker: {
      name: set.AGENT_NAME,
      slots: set.AGENT_SLOTS,
      idleProcesses: set.AGENT_IDLE_PROCESSES,
      jobMemoryMb: set.AGENT_JOB_MEMORY_MB,
      host: set.LISTEN_HOST,
      port: set.AGENT_HTTP_PORT,
    },
    http: { host: set.LISTEN_HOST, port: set.AGENT_METRICS_PORT },
    lastWords: { name: set.LAST_WORDS_AGENT_NAME, port: set.LAST_WORDS_PORT },
    orchestrator: { url: set.ORCHESTRATOR_URL, token: firstToken(set.AGENT_TOKEN) },
    asr: { uri: set.ASR_PROXY_URI },
    tts: { url: set.TTS_ROUTER_URL },
    spokenLines: {
      dir: join(set.DATA_DIR, 'spoken-lines'),
      maxBytes: set.SPOKEN_LINES_MAX_BYTES,
    },
    lineMemory: { dir: join(set.DATA_DIR, 'lines') },
    recording: {
      spoolDir: join(set.DATA_DIR, 'recording-spool'),
      sink: toSinkSettings(set, { dataDir: set.DATA_DIR }),
    },
    maxCallMs: set.MAX_CALL_SECONDS * 1000,
  }
}

function hasNoPath(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === '/'
}

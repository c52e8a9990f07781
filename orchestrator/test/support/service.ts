import { type CallRecord, callRecord, type Line } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { onTestFinished } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import type {
  Dialogue,
  DialogueEvent,
  DialogueTurn,
  StreamTurnOptions,
} from '../../src/dialogue/dialogue.ts'
import type { FrontDesk } from '../../src/front-desk.ts'
import type { Rooms } from '../../src/livekit/rooms.ts'
import { createService, type Overrides, readConfig, type Service } from '../../src/service.ts'
import { testLine } from './test-line.ts'

export const agentToken = 'agent-token-for-tests'
export const operatorToken = 'operator-token-for-tests'
export const eventsToken = 'events-token-for-tests'
export const livekitKey = 'devkey'
export const livekitSecret = 'secret-of-more-than-32-characters-'

export type StreamTurn = (
  turn: DialogueTurn,
  options: StreamTurnOptions,
) => AsyncIterable<DialogueEvent>

export const finished: DialogueEvent = { type: 'finished', model: 'test-model', totalMs: 12 }

/** Answers each turn with one sentence that repeats it. */
const echo: StreamTurn = async function* (turn) {
  yield { type: 'sentence', text: `You said: ${turn.text}` }
  yield finished
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

export interface TestService extends Service {
  /** Rooms whose deletion was asked for. */
  readonly deleted: readonly string[]
  /** Resolves when the room's deletion is asked for. */
  deletion(room: string): Promise<void>
  /** Turns the dialogue was given. */
  readonly turns: readonly DialogueTurn[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  call(callId: string): Promise<CallRecord>
}

export interface TestServiceOptions {
  readonly redisUrl: string
  readonly streamTurn?: StreamTurn
  readonly line?: Line
  readonly env?: Record<string, string>
  readonly overrides?: Overrides
  /** Where records and webhooks are kept; without one there are none. */
  readonly database?: Database
  readonly checkModel?: FrontDesk['checkModel']
}

/** The real service with a dialogue by hand and a livekit-server that only remembers. */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const {
    redisUrl,
    streamTurn = echo,
    line: onlyLine = testLine,
    env = {},
    overrides = {},
    database,
    checkModel = async () => ({ ok: true, isListed: true }),
  } = options
  const deleted: string[] = []
  const waiting = new Set<() => void>()
  const turns: DialogueTurn[] = []
  const rooms: Rooms = {
    async delete(room) {
      deleted.push(room)
      for (const wake of waiting) wake()
    },
    list: async () => [],
    has: async () => true,
    participants: async () => [],
    removeParticipant: async () => {},
    endSipCall: async () => false,
    noteSipLeg() {},
    sweepJobKeys: async () => 0,
    close() {},
  }
  const dialogue: Dialogue = {
    streamTurn(turn, how) {
      turns.push(turn)
      return streamTurn(turn, how)
    },
  }
  const frontDesk: FrontDesk = {
    lines: {
      byId: (id) => (id === onlyLine.id ? onlyLine : undefined),
      byNumber: (number) => (onlyLine.numbers.includes(number) ? onlyLine : undefined),
      all: () => [onlyLine],
      close: async () => {},
    },
    dialogue,
    fence: async () => {},
    checkModel,
    ...(database && { database }),
  }
  const config = readConfig({
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ORCHESTRATOR_PORT: '0',
    REDIS_URL: redisUrl,
    LIVEKIT_API_KEY: livekitKey,
    LIVEKIT_API_SECRET: livekitSecret,
    AGENT_TOKEN: agentToken,
    OPERATOR_TOKEN: operatorToken,
    EVENTS_TOKEN: eventsToken,
    ...env,
  })
  const logger = createLogger('orchestrator', config.log)
  const service = await createService(config, { logger, frontDesk, rooms, ...overrides })
  onTestFinished(() => service.close()) // also when the test has failed half-way
  const get: TestService['get'] = (path, headers = { authorization: `Bearer ${operatorToken}` }) =>
    fetch(new URL(path, service.url), { headers })
  return {
    ...service,
    deleted,
    turns,
    async deletion(room) {
      while (!deleted.includes(room)) {
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
    },
    get,
    call: async (callId) => callRecord.parse(await (await get(`/v1/calls/${callId}`)).json()),
  }
}

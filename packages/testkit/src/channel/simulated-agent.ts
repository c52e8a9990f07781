import type {
  AgentMessageOf,
  OrchestratorMessage,
  OrchestratorMessageOf,
} from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { type JobChannel, openJobChannel, type SimulatedJob } from './job-channel.ts'
import { createPlayout, type PlayedSentence } from './playout.ts'

type Said = Exclude<OrchestratorMessage, { type: 'ack' }>

export interface SimulatedAgentOptions {
  /** `http://host:port` of the orchestrator, or a function where it may change between connections. */
  readonly url: string | (() => string)
  readonly token: string
  readonly job: SimulatedJob
  /** How long a sentence is played, in milliseconds of this simulation; 0 by default. */
  readonly playMs?: (text: string) => number
  /** Called for every new message before the agent does anything about it. */
  readonly onMessage?: (message: Said) => void
  /** The orchestrator wants the call ended and everything said has been played. */
  readonly onHangup?: (reason: string) => void
}

/** An agent job without a room: it speaks the call channel as agent/ does, and plays silence. */
export interface SimulatedAgent extends Omit<JobChannel, 'close'> {
  /** Resolves with the job's first `welcome`; never for a job that is refused. */
  readonly welcome: Promise<OrchestratorMessageOf<'welcome'>>
  /** Everything new that was received, in order. */
  readonly received: readonly Said[]
  readonly played: readonly PlayedSentence[]
  /** Sentences that came twice under one number with different words: the caller would hear both. */
  readonly conflicts: readonly string[]
  /** Says a turn of the caller's; gives its id. */
  turn(text: string, more?: Partial<AgentMessageOf<'turn'>>): string
  /** The caller speaks over a turn. */
  interrupt(turnId: string): void
  /** Resolves when `fits` holds; looks after each message and each change of the connection. */
  until(fits: () => boolean): Promise<void>
  /** True when `turn-finished` of the turn has come. */
  isFinished(turnId: string): boolean
  close(): void
}

export function createSimulatedAgent(options: SimulatedAgentOptions): SimulatedAgent {
  const { url, playMs = () => 0, onMessage, onHangup } = options
  const received: Said[] = []
  const texts = new Map<string, string>()
  const conflicts: string[] = []
  const finished = new Set<string>()
  const waiting = new Set<() => void>()
  let turns = 0
  let resolveWelcome: (message: OrchestratorMessageOf<'welcome'>) => void = () => {}
  const welcome = new Promise<OrchestratorMessageOf<'welcome'>>((resolve) => {
    resolveWelcome = resolve
  })
  const look = () => {
    for (const wake of waiting) wake()
  }

  const perform = ({
    actionId,
    action,
  }: Pick<OrchestratorMessageOf<'action'>, 'actionId' | 'action'>) =>
    playout.afterAll(() => {
      channel.send({ type: 'action-result', actionId, ok: true })
      if (action.kind === 'hangup') onHangup?.(action.reason)
    })
  const take = (message: Said) => {
    received.push(message)
    onMessage?.(message)
    switch (message.type) {
      case 'welcome':
        // A job that is welcomed twice, by a replica that took its call over, goes on counting.
        turns = Math.max(turns, message.resume?.turnsSeen ?? 0)
        resolveWelcome(message)
        for (const open of message.resume?.actions ?? []) perform(open)
        break
      case 'say': {
        const key = `${message.turnId} ${message.index}`
        const before = texts.get(key)
        if (before !== undefined && before !== message.text) conflicts.push(key)
        texts.set(key, message.text)
        playout.say(message)
        break
      }
      case 'turn-finished':
        finished.add(message.turnId)
        playout.turnFinished(message.turnId)
        break
      case 'action':
        perform(message)
        break
      default:
        break // an error is in `received`; the channel has ended itself when it was final
    }
    look()
  }
  const channel = openJobChannel({
    ...{ token: options.token, job: options.job },
    url: typeof url === 'string' ? () => url : url,
    onMessage: take,
    onConnected: look,
  })
  const playout = createPlayout({ send: channel.send, playMs })
  void channel.ended.then(() => {
    playout.stop()
    look()
  })

  return {
    // Its getters must stay getters.
    ...forward(channel),
    get isConnected() {
      return channel.isConnected
    },
    get unacknowledged() {
      return channel.unacknowledged
    },
    get connections() {
      return channel.connections
    },
    ...{ welcome, received, conflicts, played: playout.played },
    turn(text, more = {}) {
      turns += 1
      const turnId = `turn-${turns}`
      channel.send({
        ...{ type: 'turn', turnId, text, language: 'en', confidence: 0.9, source: 'speech' },
        ...{ speechEndedAt: epochNow() - 400, endOfTurn: { reason: 'model' }, ...more },
      })
      return turnId
    },
    interrupt: playout.interrupt,
    isFinished: (turnId) => finished.has(turnId),
    async until(fits) {
      while (!fits()) {
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
    },
    close: () => channel.close(),
  }
}

function forward(channel: JobChannel) {
  const { job, ended, send, sendAgain, drop, stall, kill } = channel
  return { job, ended, send, sendAgain, drop, stall, kill }
}

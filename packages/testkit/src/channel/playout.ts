import { setTimeout as sleep } from 'node:timers/promises'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { withSignals } from '@trunkline/runtime'
import type { AgentDraft } from './job-channel.ts'

type Say = OrchestratorMessageOf<'say'>

/** A sentence that the caller heard to its end. */
export interface PlayedSentence {
  readonly turnId: string
  readonly index: number
  readonly text: string
}

export interface SimulatedPlayout {
  /** False for a sentence that is known already. */
  say(message: Say): boolean
  /** Reports what was heard once the turn's last sentence has been played. */
  turnFinished(turnId: string): void
  /** The caller speaks over the turn: nothing more of it is played. */
  interrupt(turnId: string): void
  /** Runs `then` when everything said so far has been played. */
  afterAll(then: () => void): void
  readonly played: readonly PlayedSentence[]
  stop(): void
}

export interface PlayoutOptions {
  readonly send: (draft: AgentDraft) => void
  readonly playMs: (text: string) => number
}

/** Plays sentences one after the other in simulated time, and says so as an agent does. */
export function createPlayout({ send, playMs }: PlayoutOptions): SimulatedPlayout {
  const known = new Set<string>()
  const played: PlayedSentence[] = []
  const interrupted = new Set<string>()
  const reported = new Set<string>()
  const stop = new AbortController()
  let tail = Promise.resolve()
  let current: { turnId: string; controller: AbortController } | undefined

  const enqueue = (work: () => Promise<void> | void) => {
    tail = tail.then(async () => {
      if (!stop.signal.aborted) await work()
    })
  }
  const report = (turnId: string) => {
    if (reported.has(turnId)) return
    reported.add(turnId)
    const own = played.filter((sentence) => sentence.turnId === turnId)
    send({
      ...{ type: 'heard', turnId, text: own.map(({ text }) => text).join(' ') },
      interrupted: interrupted.has(turnId),
    })
  }
  const play = async ({ turnId, index, text, last }: Say) => {
    if (interrupted.has(turnId)) return
    const controller = new AbortController()
    current = { turnId, controller }
    send({ type: 'say-started', turnId, index })
    const ms = playMs(text)
    if (ms > 0) {
      await withSignals([stop.signal, controller.signal], {}, (signal) =>
        sleep(ms, undefined, { signal }),
      ).catch(() => {}) // interrupted: looked at below
    }
    current = undefined
    if (stop.signal.aborted || controller.signal.aborted) return
    played.push({ turnId, index, text })
    send({ type: 'say-finished', turnId, index, playedMs: ms })
    if (last) report(turnId)
  }

  return {
    played,
    say(message) {
      const key = `${message.turnId} ${message.index}`
      if (known.has(key)) return false
      known.add(key)
      enqueue(() => play(message))
      return true
    },
    turnFinished(turnId) {
      enqueue(() => {
        if (!interrupted.has(turnId)) report(turnId)
      })
    },
    interrupt(turnId) {
      if (interrupted.has(turnId)) return
      interrupted.add(turnId)
      if (current?.turnId === turnId) current.controller.abort()
      send({ type: 'cancel', turnId })
      report(turnId)
    },
    afterAll: (then) => enqueue(then),
    stop: () => stop.abort(),
  }
}

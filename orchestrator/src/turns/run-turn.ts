import { setTimeout as sleep } from 'node:timers/promises'
import type { TurnRecord } from '@trunkline/contracts'
import { toLineSpeech } from '../calls/speech.ts'
import type { SayDraft } from '../calls/to-agent.ts'
import type { TurnRunnerDeps } from '../calls/turn-runner.ts'
import type { TurnTiming } from '../calls/waterfall.ts'
import type { DialogueEvent, Usage } from '../dialogue/dialogue.ts'
import { endCallName } from '../dialogue/end-call.ts'
import { toGoodbye } from '../intents/goodbye.ts'
import type { Awaited } from './expectations.ts'
import { forgetReply, openReply, type ReplySource } from './open-reply.ts'
import { type TurnText, toTurnRequest } from './turn-request.ts'

export interface TurnRun {
  readonly turn: TurnText
  readonly source: ReplySource
  /** Set when another process has begun it. */
  readonly begun: TurnRecord | undefined
  /** The turn it replaces, settling: it may be finishing an effect. */
  readonly previous: Promise<void> | undefined
  /** The run's and the call's, and the longest time of a turn. */
  readonly signal: AbortSignal
  /** True when the run is stopped, not out of time: nothing of it is said any more. */
  readonly isStopped: () => boolean
  /** A failure of this turn ends the call. */
  readonly isLastTry: boolean
}

export type TurnOutcome =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'finished' | 'failed'; readonly isEndingCall: boolean }

/** What of a turn's time is known here; the rest is known before. */
export type ReplyTiming = Pick<TurnTiming, 'orchestratorMs' | 'llmMs' | 'speculatedMs'>

export interface RunTurnDeps extends TurnRunnerDeps {
  readonly onFirstSentence: (timing: ReplyTiming) => void
}

/** An aborted turn may be finishing an effect; the next one waits this long to know its outcome. */
const effectGraceMs = 3000

/** One turn: dialogue events in, sentences and events out. */
export async function runTurn(run: TurnRun, deps: RunTurnDeps): Promise<TurnOutcome> {
  const { line, journal, logger, metrics, now } = deps
  const { turn, begun, signal, isStopped } = run
  const { turnId } = turn
  const startedAt = now()
  const speech = toLineSpeech(line, turn.language)
  const { language, voice } = speech
  const firstIndex = Math.max(-1, ...(begun?.says ?? []).map((known) => known.index)) + 1
  let index = firstIndex
  let said = (begun?.says ?? []).map(({ text }) => text).join(' ')
  let awaited: Awaited | undefined
  const say = (
    text: string,
    how: Pick<SayDraft, 'kind' | 'last' | 'interruptible' | 'cacheable'>,
  ) => {
    said = `${said} ${text}`.trim()
    deps.expectations?.before({ turnId, index, language }, { said, awaited })
    deps.say({ turnId, index, text, language, voice, ...how })
    index += 1
  }
  if (run.previous) await settledSoon(run.previous)
  if (isStopped()) {
    forgetReply(deps, run.source)
    return { kind: 'stopped' }
  }

  const hints = deps.hints?.hints ?? []
  const saysGoodbye = deps.intents?.isGoodbye(turn) ?? false
  let askedAt = now()
  let firstClauseAt: number | undefined
  let usage: Usage | undefined
  let model: string | undefined
  let isEndingCall = false
  let goesOn = said.includes('?')
  const take = (event: Exclude<DialogueEvent, { type: 'tool-called' | 'tool-finished' }>) => {
    switch (event.type) {
      case 'first-token':
        deps.marks.mark(turnId, 'first-token')
        return
      case 'sentence': {
        const clauseAt = firstClauseAt ?? now()
        deps.marks.mark(turnId, 'first-clause')
        goesOn ||= event.text.includes('?')
        const isFirst = index === firstIndex && !begun
        const { text, isFixed: cacheable = false } = event
        say(text, { kind: 'reply', last: false, interruptible: true, cacheable })
        if (isFirst) deps.onFirstSentence(toReplyTiming({ startedAt, askedAt, clauseAt, now }))
        return
      }
      case 'end-call':
        isEndingCall = true
        return
      case 'finished':
        usage = event.usage
        model = event.model
        return
    }
  }

  const finish = (kind: 'finished' | 'failed'): TurnOutcome => {
    const told = usage && model !== undefined ? { usage, model } : {}
    journal.emit({ at: now(), type: 'turn-finished', turnId, ...told })
    deps.finishTurn(turnId, usage)
    return { kind, isEndingCall }
  }
  try {
    const about = { line, epoch: deps.epoch(), hints, begun }
    const request = toTurnRequest(journal.record, turn, about)
    const reply = openReply(deps, { request, source: run.source, signal })
    askedAt = reply.askedAt
    firstClauseAt = reply.firstClauseAt
    for await (const event of reply.events) {
      // What tools have done is true, though the caller has interrupted: the next reply tells it.
      if (event.type === 'tool-called' || event.type === 'tool-finished') {
        goesOn = true
        const { awaits, ...told } = { awaits: undefined, ...event }
        awaited = awaits ?? awaited
        journal.emit({ ...told, at: now(), turnId })
      } else if (!isStopped()) {
        take(event)
      }
    }
    if (isStopped()) return { kind: 'stopped' }
    // Fixed words are said without the model, which has still to be told.
    if (run.source.kind !== 'words') deps.hints?.hintsTold(hints.length)
    // A goodbye is answered with one: the model that forgot to hang up does not keep the line open.
    isEndingCall ||= saysGoodbye && !goesOn && line.tools.includes(endCallName)
    metrics.request('success')
    return finish('finished')
  } catch (error) {
    if (isStopped()) return { kind: 'stopped' }
    const code = signal.aborted ? 'timeout' : readErrorCode(error)
    metrics.request('error')
    logger.warn({ err: error, turnId, code }, 'turn failed')
    journal.emit({ at: now(), type: 'turn-failed', turnId, code })
    isEndingCall = saysGoodbye // who is done wants no apology, and is not kept
    // The last words of a call that is given up are heard out: a caller's "hello?" would cut them off.
    const how = { kind: 'prompt', last: true, interruptible: !run.isLastTry } as const
    say(saysGoodbye ? toGoodbye(language) : speech.apology, how)
    return finish('failed')
  }
}

async function settledSoon(previous: Promise<void>): Promise<void> {
  const grace = new AbortController()
  const late = sleep(effectGraceMs, undefined, { signal: grace.signal }).catch(() => {})
  await Promise.race([previous, late])
  grace.abort()
}

/** What the model took before the turn was certain costs the caller nothing. */
function toReplyTiming({
  startedAt,
  askedAt,
  clauseAt,
  now,
}: {
  startedAt: number
  askedAt: number
  clauseAt: number
  now: () => number
}): ReplyTiming {
  const speculatedMs = Math.max(0, startedAt - askedAt)
  const llmMs = Math.max(0, clauseAt - Math.max(startedAt, askedAt))
  const orchestratorMs = now() - startedAt - llmMs
  return { llmMs, orchestratorMs, ...(speculatedMs > 0 && { speculatedMs }) }
}

function readErrorCode(error: unknown): string {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string'
  return isCoded ? String(error.code) : 'other'
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentMessageOf, Line, TurnRecord } from '@trunkline/contracts'
import { joinSignals } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Dialogue, DialogueEvent, Usage } from '../dialogue/dialogue.ts'
import { endCallName } from '../dialogue/end-call.ts'
import type { CallerIntents } from '../intents/caller-intents.ts'
import { toGoodbye } from '../intents/goodbye.ts'
import type { Metrics } from '../metrics.ts'
import { toHistory } from './history.ts'
import type { Journal } from './journal.ts'
import { toProgress } from './resume.ts'
import { toLineSpeech } from './speech.ts'
import type { SayDraft } from './to-agent.ts'
import type { TurnMarks } from './turn-marks.ts'
import type { TurnTiming } from './waterfall.ts'

type Turn = AgentMessageOf<'turn'>
/** What running a turn needs of it. */
type TurnText = Pick<Turn, 'turnId' | 'text' | 'language'>

export interface TurnRunnerDeps {
  readonly line: Line
  readonly journal: Journal
  readonly dialogue: Dialogue
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'request'>
  /** Without it only the model ends calls. */
  readonly intents?: Pick<CallerIntents, 'isGoodbye'>
  readonly epoch: () => number
  readonly now: () => number
  /** Puts a sentence on record and sends it. */
  readonly say: (draft: SayDraft) => void
  readonly finishTurn: (turnId: string, usage: Usage | undefined) => void
  /** The dialogue asked for the end of the call and its goodbye has been sent. */
  readonly onEndCall: () => void
  /** The model has failed in so many turns running that going on is no use. */
  readonly onGivingUp: () => void
  readonly marks: Pick<TurnMarks, 'mark'>
  /** What an operator has told; kept until a reply was made that knew it. */
  readonly hints?: { readonly hints: readonly string[]; hintsTold(count: number): void }
  /** Aborts when the call is over. */
  readonly signal: AbortSignal
}

export interface TurnRunner {
  /** Replaces whatever turn is running. A turn that is known already is ignored. */
  start(turn: Turn, options?: { asrFinalMs?: number | undefined }): void
  /** Goes on with a recorded turn that another process had no time to finish, after its last sentence. */
  resume(turn: TurnRecord): void
  isRunning(turnId: string): boolean
  cancel(turnId: string): void
  /** Cancels the running turn, if any. */
  stop(): void
  /** What is known of a turn's time, once its first sentence has been sent. */
  timing(turnId: string): TurnTiming | undefined
}

type TurnArrival = Pick<TurnTiming, 'receivedAt' | 'speechEndedAt' | 'asrFinalMs'>

interface Run {
  readonly turn: TurnText
  /** Set when another process has begun it. */
  readonly begun: TurnRecord | undefined
  readonly controller: AbortController
  settled: Promise<void>
}

/** An aborted turn may be finishing an effect; the next one waits this long to know its outcome. */
const effectGraceMs = 3000
const maxTurnMs = 60_000
const failuresBeforeGivingUp = 2
const rememberedTurns = 16

/** Runs the turns of one call, one at a time: dialogue events in, sentences and events out. */
export function createTurnRunner(deps: TurnRunnerDeps): TurnRunner {
  const { line, journal, dialogue, logger, metrics, now } = deps
  const timings = new Map<string, TurnTiming>()
  let current: Run | undefined
  let failures = 0

  const interrupt = (run: Run, { reason }: { reason: string }) => {
    if (run.controller.signal.aborted) return
    run.controller.abort(new DOMException(reason, 'AbortError'))
    metrics.request('cancelled')
  }

  const execute = async (
    run: Run,
    previous: Run | undefined,
    { signal, ...timing }: TurnArrival & { signal: AbortSignal },
  ) => {
    const { turn } = run
    const { turnId } = turn
    const receivedAt = performance.now()
    const isStopped = () => deps.signal.aborted || run.controller.signal.aborted
    const speech = toLineSpeech(line, turn.language)
    const { language, voice } = speech
    const firstIndex = Math.max(-1, ...(run.begun?.says ?? []).map((known) => known.index)) + 1
    let index = firstIndex
    const say = (text: string, kind: 'reply' | 'prompt') => {
      const last = kind === 'prompt'
      // The last words of a call that is given up are heard out: a caller's "hello?" would cut them off.
      const interruptible = failures < failuresBeforeGivingUp
      deps.say({ turnId, index, text, language, voice, kind, interruptible, last })
      index += 1
    }
    if (previous) {
      const grace = new AbortController()
      const late = sleep(effectGraceMs, undefined, { signal: grace.signal }).catch(() => {})
      await Promise.race([previous.settled, late])
      grace.abort()
    }
    if (isStopped()) return

    const askedAt = performance.now()
    deps.marks.mark(turnId, 'asked')
    let usage: Usage | undefined
    let model: string | undefined
    let isEndingCall = false
    let goesOn = false
    const saysGoodbye = deps.intents?.isGoodbye(turn) ?? false
    const take = (event: Exclude<DialogueEvent, { type: 'tool-called' | 'tool-finished' }>) => {
      switch (event.type) {
        case 'first-token':
          deps.marks.mark(turnId, 'first-token')
          return
        case 'sentence': {
          const clauseAt = performance.now()
          deps.marks.mark(turnId, 'first-clause')
          goesOn ||= event.text.includes('?')
          say(event.text, 'reply')
          if (index > 1 || run.begun) return
          const llmMs = clauseAt - askedAt
          const orchestratorMs = performance.now() - receivedAt - llmMs
          remember(timings, turnId, { ...timing, llmMs, orchestratorMs })
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

    const hints = deps.hints?.hints ?? []
    try {
      const request = {
        hints,
        callId: journal.record.id,
        turnId,
        epoch: deps.epoch(),
        line,
        language,
        text: turn.text,
        history: toHistory(journal.record, { before: turnId }),
        ...(run.begun ? { progress: toProgress(run.begun) } : {}),
      }
      for await (const event of dialogue.streamTurn(request, { signal })) {
        // What tools have done is true, though the caller has interrupted: the next reply tells it.
        if (event.type === 'tool-called' || event.type === 'tool-finished') {
          goesOn = true
          journal.emit({ ...event, at: now(), turnId })
        } else if (!isStopped()) {
          take(event)
        }
      }
      if (isStopped()) return
      deps.hints?.hintsTold(hints.length)
      failures = 0
      // A goodbye is answered with one: the model that forgot to hang up does not keep the line open.
      isEndingCall ||= saysGoodbye && !goesOn && line.tools.includes(endCallName)
      metrics.request('success')
    } catch (error) {
      if (isStopped()) return
      failures += 1
      isEndingCall = false
      const code = signal.aborted ? 'timeout' : readErrorCode(error)
      metrics.request('error')
      logger.warn({ err: error, turnId, code }, 'turn failed')
      journal.emit({ at: now(), type: 'turn-failed', turnId, code })
      isEndingCall = saysGoodbye // who is done wants no apology, and is not kept
      say(saysGoodbye ? toGoodbye(language) : speech.apology, 'prompt')
    }
    journal.emit({
      ...{ at: now(), type: 'turn-finished', turnId },
      ...(usage && model !== undefined ? { usage, model } : {}),
    })
    deps.finishTurn(turnId, usage)
    if (isEndingCall) deps.onEndCall()
    else if (failures >= failuresBeforeGivingUp) deps.onGivingUp()
  }

  const launch = (
    turn: TurnText,
    { previous, begun, ...timing }: TurnArrival & { previous: Run | undefined; begun?: TurnRecord },
  ) => {
    const settled = Promise.resolve()
    const run: Run = { turn, begun, controller: new AbortController(), settled }
    const sources = [deps.signal, run.controller.signal]
    const { signal, release } = joinSignals(sources, { timeoutMs: maxTurnMs })
    current = run
    run.settled = execute(run, previous, { ...timing, signal })
      .catch((error: unknown) =>
        logger.error({ err: error, turnId: turn.turnId }, 'running a turn failed'),
      )
      .finally(() => {
        release()
        if (current === run) current = undefined
      })
  }

  const markCancelled = (turnId: string) =>
    journal.emit({ at: now(), type: 'turn-cancelled', turnId })

  return {
    start(turn, { asrFinalMs } = {}) {
      const { turnId, text, language, source, supersedes, speechEndedAt } = turn
      if (journal.record.turns.some((known) => known.turnId === turnId)) return
      deps.marks.mark(turnId, 'turn-received')
      const previous = current
      if (previous) {
        interrupt(previous, { reason: 'a new turn' })
        if (previous.turn.turnId !== supersedes) markCancelled(previous.turn.turnId)
      }
      const receivedAt = now()
      journal.emit({
        at: receivedAt,
        type: 'turn-received',
        turnId,
        text,
        language,
        source,
        ...(supersedes === undefined ? {} : { supersedes }),
      })
      launch(turn, {
        previous,
        receivedAt,
        ...(speechEndedAt === undefined ? {} : { speechEndedAt }),
        ...(asrFinalMs === undefined ? {} : { asrFinalMs }),
      })
    },
    resume({ turnId, says = [] }) {
      const lastIndex = says.at(-1)?.index ?? -1
      journal.emit({ at: now(), type: 'turn-resumed', turnId, lastIndex })
      const begun = journal.record.turns.find((known) => known.turnId === turnId)
      if (begun) launch(begun, { previous: current, begun, receivedAt: begun.receivedAt })
    },
    isRunning: (turnId) => current?.turn.turnId === turnId,
    cancel(turnId) {
      const turn = journal.record.turns.find((known) => known.turnId === turnId)
      if (current?.turn.turnId === turnId) interrupt(current, { reason: 'the caller' })
      const isOver = turn?.state === 'cancelled' || turn?.state === 'superseded'
      if (turn && !isOver && turn.heard === undefined) markCancelled(turnId)
    },
    stop() {
      if (!current || current.controller.signal.aborted) return
      interrupt(current, { reason: 'the call is ending' })
      markCancelled(current.turn.turnId)
    },
    timing: (turnId) => timings.get(turnId),
  }
}

function remember(timings: Map<string, TurnTiming>, turnId: string, timing: TurnTiming): void {
  timings.set(turnId, timing)
  const [oldest] = timings.keys()
  if (timings.size > rememberedTurns && oldest !== undefined) timings.delete(oldest)
}

function readErrorCode(error: unknown): string {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string'
  return isCoded ? String(error.code) : 'other'
}

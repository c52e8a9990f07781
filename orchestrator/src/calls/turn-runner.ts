import type { AgentMessageOf, Line, TurnRecord } from '@trunkline/contracts'
import { joinSignals } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Dialogue, Usage } from '../dialogue/dialogue.ts'
import type { CallerIntents } from '../intents/caller-intents.ts'
import type { Metrics } from '../metrics.ts'
import type { Expectations } from '../turns/expectations.ts'
import type { ReplySource } from '../turns/open-reply.ts'
import { runTurn } from '../turns/run-turn.ts'
import type { Speculations } from '../turns/speculations.ts'
import { type TurnText, toReceived } from '../turns/turn-request.ts'
import type { Journal } from './journal.ts'
import type { SayDraft } from './to-agent.ts'
import type { TurnMarks } from './turn-marks.ts'
import type { TurnTiming } from './waterfall.ts'

type Turn = AgentMessageOf<'turn'>

export interface TurnRunnerDeps {
  readonly line: Line
  readonly journal: Journal
  readonly dialogue: Dialogue
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'request'>
  /** Told of each sentence before it leaves; without it agents wait for anything. */
  readonly expectations?: Expectations
  /** What the caller has entered as secret. */
  readonly secret: () => string | undefined
  /** Told what became of a reply that was begun early. */
  readonly speculations: Pick<Speculations, 'settle'>
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

export interface StartOptions {
  readonly asrFinalMs?: number | undefined
  /** The model, unless it is told otherwise. */
  readonly source?: ReplySource
}

export interface TurnRunner {
  /** Replaces whatever turn is running. A turn that is known already is ignored. */
  start(turn: Turn, options?: StartOptions): void
  /** Goes on with a recorded turn that another process had no time to finish, after its last sentence. */
  resume(turn: TurnRecord): void
  isRunning(turnId: string): boolean
  /** The turn that is being answered; one that was stopped is not. */
  readonly runningTurnId: string | undefined
  cancel(turnId: string): void
  /** Cancels the running turn, if any. */
  stop(): void
  /** What is known of a turn's time, once its first sentence has been sent. */
  timing(turnId: string): TurnTiming | undefined
}

type TurnArrival = Pick<TurnTiming, 'receivedAt' | 'speechEndedAt' | 'asrFinalMs'>

interface Run {
  readonly turn: TurnText
  readonly controller: AbortController
  settled: Promise<void>
}

interface LaunchOptions {
  readonly previous: Run | undefined
  readonly begun?: TurnRecord
  readonly source: ReplySource
  readonly arrival: TurnArrival
}

const ofModel: ReplySource = { kind: 'model' }
const maxTurnMs = 60_000
const failuresBeforeGivingUp = 2
const rememberedTurns = 16

/** Runs the turns of one call, one at a time. */
export function createTurnRunner(deps: TurnRunnerDeps): TurnRunner {
  const { journal, logger, metrics, now } = deps
  const timings = new Map<string, TurnTiming>()
  let current: Run | undefined
  let failures = 0

  const interrupt = (run: Run, { reason }: { reason: string }) => {
    if (run.controller.signal.aborted) return
    run.controller.abort(new DOMException(reason, 'AbortError'))
    metrics.request('cancelled')
  }

  const execute = async (run: Run, { source, begun, previous, arrival }: LaunchOptions) => {
    const { turn, controller } = run
    const { signal, release } = joinSignals([deps.signal, controller.signal], {
      timeoutMs: maxTurnMs,
    })
    const outcome = await runTurn(
      {
        ...{ turn, source, begun, signal },
        previous: previous?.settled,
        isStopped: () => deps.signal.aborted || controller.signal.aborted,
        isLastTry: failures + 1 >= failuresBeforeGivingUp,
      },
      {
        ...deps,
        onFirstSentence: (timing) => remember(timings, turn.turnId, { ...arrival, ...timing }),
      },
    ).finally(release)
    if (outcome.kind === 'stopped') return
    failures = outcome.kind === 'failed' ? failures + 1 : 0
    if (outcome.isEndingCall) deps.onEndCall()
    else if (failures >= failuresBeforeGivingUp) deps.onGivingUp()
  }

  const launch = (turn: TurnText, options: LaunchOptions) => {
    const settled = Promise.resolve()
    const run: Run = { turn, controller: new AbortController(), settled }
    current = run
    run.settled = execute(run, options)
      .catch((error: unknown) =>
        logger.error({ err: error, turnId: turn.turnId }, 'running a turn failed'),
      )
      .finally(() => {
        if (current === run) current = undefined
      })
  }

  const markCancelled = (turnId: string) =>
    journal.emit({ at: now(), type: 'turn-cancelled', turnId })

  return {
    start(turn, { asrFinalMs, source = ofModel } = {}) {
      const { turnId, supersedes, speechEndedAt } = turn
      if (journal.record.turns.some((known) => known.turnId === turnId)) return
      deps.marks.mark(turnId, 'turn-received')
      const previous = current
      if (previous) {
        interrupt(previous, { reason: 'a new turn' })
        if (previous.turn.turnId !== supersedes) markCancelled(previous.turn.turnId)
      }
      const receivedAt = now()
      journal.emit(toReceived(turn, { at: receivedAt }))
      const arrival = {
        receivedAt,
        ...(speechEndedAt === undefined ? {} : { speechEndedAt }),
        ...(asrFinalMs === undefined ? {} : { asrFinalMs }),
      }
      launch(turn, { previous, source, arrival })
    },
    resume({ turnId, says = [] }) {
      const lastIndex = says.at(-1)?.index ?? -1
      journal.emit({ at: now(), type: 'turn-resumed', turnId, lastIndex })
      const begun = journal.record.turns.find((known) => known.turnId === turnId)
      if (!begun) return
      const arrival = { receivedAt: begun.receivedAt }
      launch(begun, { previous: current, begun, source: ofModel, arrival })
    },
    isRunning: (turnId) => current?.turn.turnId === turnId,
    get runningTurnId() {
      return current?.controller.signal.aborted === false ? current.turn.turnId : undefined
    },
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

import { randomUUID } from 'node:crypto'
import type {
  CallAction,
  EndReason,
  Line,
  TransferFault,
  TransferMode,
  TransferOutcome,
} from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Journal } from '../calls/journal.ts'
import type { SayDraft } from '../calls/to-agent.ts'
import { attemptTransfer } from './attempt-transfer.ts'
import { watchBridge } from './bridge-watch.ts'
import { type FoundTarget, findTarget } from './find-target.ts'
import type { TransferServices } from './transfer-services.ts'
import { createTransferSpeech, type TransferSpeech } from './transfer-speech.ts'
import { toFaultWord } from './words.ts'

/** Whom a caller is to be handed over to, and who wants it. */
export interface TransferWish {
  /** Name of a target of the line, number, or `sip:` address. */
  readonly to: string
  readonly mode?: TransferMode | undefined
  readonly by: 'operator' | 'dialogue' | 'system'
  /** The turn in which the model asked for it. */
  readonly turnId?: string
  /** What the colleague is told of it, in a sentence. */
  readonly reason?: string | undefined
  /** What becomes of the call when it fails, instead of its going on. */
  readonly orElse?: () => void
  /** False when nobody is there to speak, or the caller has been told. */
  readonly isAnnounced?: boolean
}

export type WishAnswer = 'taken' | 'unknown-target' | 'closed' | 'not-now'

export interface CallTransfersDeps {
  readonly line: Line
  readonly journal: Journal
  /** Absent where nothing can be transferred: in tests of other things. */
  readonly services: TransferServices | undefined
  readonly epoch: () => number
  readonly say: (draft: SayDraft) => void
  /** Asks the agent; false when it cannot, or nobody answers in time. */
  readonly ask: (action: CallAction, options: { timeoutMs: number }) => Promise<boolean>
  /** Told to the model before its next reply. */
  readonly hint: (text: string) => void
  /** Stops the reply that is being made. */
  readonly stopTurn: () => void
  /** Answers what the caller said meanwhile. */
  readonly answerWaiting: () => void
  readonly isEnding: () => boolean
  readonly endNow: (reason: EndReason) => Promise<void>
  readonly logger: Logger
  readonly now: () => number
  /** Aborts when the call is over, or another process has it. */
  readonly signal: AbortSignal
}

/** The transfers of one call, one at a time. */
export interface CallTransfers {
  /** Begins at once. */
  begin(wish: TransferWish, options?: { actionId?: string }): WishAnswer
  /** Begins when the turn in which the model has asked for it is over; a turn that is called off takes it along. */
  beginAfterTurn(wish: TransferWish & { readonly turnId: string }): WishAnswer
  /** To be told of everything that is put on record. */
  noteEvent(event: Parameters<Journal['emit']>[0]): void
  /** Goes on with what another process has begun. */
  resume(): void
  /** While true the caller's turns are kept for later. */
  readonly isUnderWay: boolean
  readonly speech: Pick<TransferSpeech, 'say'>
}

interface Plan extends TransferWish {
  readonly actionId: string
  readonly target: FoundTarget
  readonly startedAt: number
  /** Set when another process has begun it. */
  readonly found?: NonNullable<Journal['record']['transfer']>
}

/** livekit-sip hangs up a second after a transfer that was done. */
const goneMs = 5000

export function createCallTransfers(deps: CallTransfersDeps): CallTransfers {
  const { line, journal, services, ask, hint, endNow, logger, now } = deps
  /** Also when the call is ending: what is under way then is not waited for. */
  const stopped = new AbortController()
  const { signal } = stopped
  const speech = createTransferSpeech(deps)
  let wished: (TransferWish & { readonly turnId: string }) | undefined
  let isRunning = false
  let stopWatch = () => {}
  const stop = () => stopped.abort()
  deps.signal.addEventListener('abort', stop, { once: true })
  deps.signal.addEventListener('abort', () => stopWatch(), { once: true })

  const bridged = ({ target, actionId }: Plan) => {
    journal.emit({ at: now(), type: 'action-finished', actionId, ok: true })
    journal.emit({ at: now(), type: 'call-bridged' })
    if (target.mode === 'warm') void ask({ kind: 'bridge' }, { timeoutMs: 5000 }) // it leaves, or its job is let go
    watch(target.mode)
  }
  const watch = (mode: TransferMode) => {
    if (!services) return
    const { rooms } = services
    const { room } = journal.record
    const onOver = () => void endNow('transferred') // never rejects
    const onError = (error: unknown) => logger.warn({ err: error }, 'a bridged room was not seen')
    stopWatch() // a job that comes back resumes what is watched already
    stopWatch = watchBridge({ rooms, room, mode, onOver, onError, goneMs })
  }
  const failed = async (plan: Plan, fault: TransferFault) => {
    const { actionId, target, orElse } = plan
    if (journal.record.onHold) await ask({ kind: 'unhold' }, { timeoutMs: 3000 })
    signal.throwIfAborted()
    journal.emit({ at: now(), type: 'action-finished', actionId, ok: false, code: fault })
    if (!journal.emit({ at: now(), type: 'transfer-failed', code: fault })) return
    logger.info({ outcome: fault, mode: target.mode }, 'call was not transferred')
    if (orElse) {
      orElse()
      return
    }
    speech.say(toFaultWord(fault))
    hint(
      `The caller was not connected with ${target.name ?? 'the number that was asked for'} (${fault}); they have been told so. Do not say that they are connected.`,
    )
    deps.answerWaiting()
  }
  const run = async (plan: Plan) => {
    const { target, found, isAnnounced = true } = plan
    const isBegun = found !== undefined && found.stage !== 'announcing'
    if (isAnnounced && target.isOpen && !isBegun) {
      await speech.heard('announce', { signal })
    }
    const onDone = () => {
      if (!signal.aborted) bridged(plan)
    }
    const attempt = { plan, line, journal, services, ask, speech, onDone, now, logger }
    const outcome: TransferOutcome = target.isOpen
      ? await attemptTransfer({ ...attempt, epoch: deps.epoch() }, { signal })
      : 'closed'
    signal.throwIfAborted()
    if (outcome === 'done') return
    if (outcome !== 'caller-left') await failed(plan, outcome)
    // Who has left has ended the call: the agent says so, and if it does not, the room.
    else watch('cold')
  }
  const start = (plan: Plan) => {
    isRunning = true
    run(plan)
      .catch(async (error: unknown) => {
        if (signal.aborted) return
        logger.error({ err: error }, 'transferring a call failed')
        await failed(plan, 'unavailable')
      })
      .catch((error: unknown) => {
        if (!signal.aborted) logger.error({ err: error }, 'a failed transfer was not told')
      })
      .finally(() => {
        isRunning = false
      })
  }
  const check = ({ to, mode }: TransferWish): FoundTarget | Exclude<WishAnswer, 'taken'> => {
    const found = findTarget(to, { line, mode, now: now() })
    if (!found) return 'unknown-target'
    const { state } = journal.record
    return isRunning || deps.isEnding() || state !== 'active' ? 'not-now' : found
  }

  return {
    speech,
    begin(wish, { actionId = randomUUID() } = {}) {
      const target = check(wish)
      if (typeof target === 'string') return target
      const { to, by, turnId } = wish
      deps.stopTurn()
      const startedAt = now()
      const action = { kind: 'transfer', to } as const
      journal.emit({ at: startedAt, type: 'action', actionId, kind: 'transfer', action, by })
      journal.emit({
        ...{ at: startedAt, type: 'call-transferring', actionId, mode: target.mode },
        ...(target.name === undefined ? {} : { target: target.name }),
        ...(turnId === undefined ? {} : { turnId }),
      })
      start({ ...wish, actionId, target, startedAt })
      return 'taken'
    },
    beginAfterTurn(wish) {
      const target = check(wish)
      if (typeof target === 'string') return target
      if (!target.isOpen) return 'closed'
      wished = wish
      return 'taken'
    },
    noteEvent(event) {
      speech.noteEvent(event)
      if (event.type === 'call-ending') stop()
      if (!wished) return
      const isOurs = 'turnId' in event && event.turnId === wished.turnId
      if (isOurs && event.type === 'turn-finished') {
        const wish = wished
        wished = undefined
        // After this event has been dealt with by whoever has put it on record.
        setImmediate(() => this.begin(wish))
      } else if (
        (isOurs && (event.type === 'turn-cancelled' || event.type === 'turn-failed')) ||
        event.type === 'turn-received'
      ) {
        wished = undefined
        hint(
          'The transfer was not begun, since the caller went on speaking: they are still with you.',
        )
      }
    },
    resume() {
      const { state, transfer, actions = [] } = journal.record
      if (state === 'bridged') watch('warm')
      if (state !== 'transferring' || !transfer || isRunning) return
      const { actionId, at: startedAt, mode } = transfer
      const asked = actions.find((known) => known.actionId === actionId)?.action
      const to = asked?.kind === 'transfer' ? asked.to : (transfer.target ?? '')
      const target = findTarget(to, { line, mode, now: startedAt })
      if (!target) {
        journal.emit({ at: now(), type: 'transfer-failed', code: 'unknown' })
        return
      }
      start({ to, by: 'system', actionId, target, startedAt, found: transfer })
    },
    get isUnderWay() {
      return journal.record.state === 'transferring'
    },
  }
}

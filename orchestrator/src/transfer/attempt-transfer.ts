import type { CallAction, Line, TransferOutcome } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Journal } from '../calls/journal.ts'
import { toLineSpeech } from '../calls/speech.ts'
import { EffectError } from '../database/effect-error.ts'
import { toEffectKey } from '../database/effect-key.ts'
import { toBrief } from './brief.ts'
import { awaitColdTransfer, transferCold } from './cold-transfer.ts'
import type { FoundTarget } from './find-target.ts'
import type { TransferServices } from './transfer-services.ts'
import type { TransferSpeech } from './transfer-speech.ts'
import { waitInQueue } from './wait-in-queue.ts'
import { transferWarm } from './warm-transfer.ts'

export interface Attempt {
  readonly plan: {
    readonly actionId: string
    readonly target: FoundTarget
    readonly startedAt: number
    readonly turnId?: string
    readonly reason?: string | undefined
    readonly found?: NonNullable<Journal['record']['transfer']>
  }
  readonly line: Line
  readonly journal: Journal
  readonly services: TransferServices | undefined
  readonly epoch: number
  readonly ask: (action: CallAction, options: { timeoutMs: number }) => Promise<boolean>
  readonly speech: TransferSpeech
  /** Called once it is done, before the ledger is written: whom it hands over may hang up in the next moment. */
  readonly onDone: () => void
  readonly now: () => number
  readonly logger: Logger
}

type Ready = Attempt & { readonly services: TransferServices }

export const transferToolName = 'transfer_call'
const storeWaitMs = 500
const askMs = 3000

/** Transfers, waits where the line has a queue, and tries again. @throws the reason of `signal`; then nobody knows */
export async function attemptTransfer(
  attempt: Attempt,
  options: { signal: AbortSignal },
): Promise<TransferOutcome> {
  const { services, plan, line, journal } = attempt
  if (!services) return 'unavailable'
  const ready = { ...attempt, services }
  const { found, target } = plan
  if (found && found.stage !== 'announcing' && found.stage !== 'waiting') {
    return await goOn(ready, found, options)
  }
  const rules = target.name === undefined ? undefined : line.transfer?.queue
  if (!rules) return await once(ready, options)
  const queue = `${line.id}:${target.name}`
  const { id } = journal.record
  try {
    for (let notBefore = 0; ; notBefore = attempt.now() + rules.retrySeconds * 1000) {
      const wait = { queue, call: { id, since: plan.startedAt }, notBefore }
      const maxWaitMs = rules.maxWaitSeconds * 1000
      if ((await waitWithMusic(ready, { ...wait, maxWaitMs }, options)) === 'timeout') {
        return 'queue-timeout'
      }
      const outcome = await once(ready, options)
      if (outcome !== 'busy') return outcome
    }
  } finally {
    // Who is handed to another process keeps the place: that one goes on waiting.
    if (!options.signal.aborted || journal.record.state !== 'transferring') {
      await services.queue.leave(queue, id).catch(() => {}) // a call that does not come again has left
    }
  }
}

function waitWithMusic(
  { services, journal, speech, ask, now, logger }: Ready,
  wait: Parameters<typeof waitInQueue>[0],
  options: { signal: AbortSignal },
) {
  return waitInQueue(
    wait,
    {
      ...{ queue: services.queue, now },
      async onWaiting() {
        journal.emit({ at: now(), type: 'transfer-stage', stage: 'waiting' })
        if (!journal.record.onHold) await ask({ kind: 'hold' }, { timeoutMs: askMs })
      },
      onPlace: (place) => speech.say({ place }),
      onError: (error) => logger.warn({ err: error }, 'the transfer queue is away'),
    },
    options,
  )
}

/** One try, which the ledger knows before it begins, and after it has ended if it is known how. */
async function once(attempt: Ready, { signal }: { signal: AbortSignal }): Promise<TransferOutcome> {
  const { services, plan, journal, epoch, now, logger } = attempt
  const { effects, onEffect } = services
  const tool = transferToolName
  if (!effects) return 'unavailable'
  const { target, turnId = 'operator' } = plan
  const request = {
    ...identityOf(attempt),
    turnId,
    epoch,
    arguments: { target: target.name ?? 'address' },
  }
  let key: string
  try {
    const opened = await effects.open(request, { signal })
    if (opened.kind === 'repeated') return 'unknown' // done once, and the caller is here: not done again unasked
    key = opened.key
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof EffectError)) throw error
    logger.warn({ code: error.code }, 'a transfer is not begun without the ledger')
    onEffect({ tool, outcome: error.code })
    return 'unavailable'
  }
  journal.emit({ at: now(), type: 'transfer-stage', stage: 'dialling' })
  if ((await journal.stored({ timeoutMs: storeWaitMs })) === false) signal.throwIfAborted()
  const outcome = await carryOut(attempt, { signal })
  await settle(attempt, { key, outcome })
  return outcome
}

async function settle(
  { services: { effects, onEffect }, onDone, logger }: Ready,
  { key, outcome }: { key: string; outcome: TransferOutcome },
): Promise<void> {
  const ok = outcome === 'done'
  if (ok) onDone()
  const isOpen = outcome === 'unknown' || outcome === 'caller-left'
  onEffect({ tool: transferToolName, outcome: ok ? 'committed' : isOpen ? 'unknown' : 'refused' })
  if (isOpen) return // the row stays pending: nobody knows
  try {
    await effects?.close(key, { ok, result: { outcome } })
  } catch (error) {
    logger.warn({ err: error }, 'the outcome of a transfer is not in the ledger')
  }
}

async function carryOut(
  attempt: Ready,
  options: { signal: AbortSignal },
): Promise<TransferOutcome> {
  const { services, plan, line, journal, ask, speech, now, logger } = attempt
  const { sip, rooms, tracks, trunkId } = services
  const { room } = journal.record
  const { target } = plan
  const onError = noteLook(logger)
  if (target.mode === 'cold' || trunkId === undefined) {
    return await transferCold({ room, target }, { sip, rooms, now, onError }, options)
  }
  if (!journal.record.onHold) await ask({ kind: 'hold' }, { timeoutMs: askMs })
  const { language, voice } = toLineSpeech(line)
  const text = toBrief({ line, language, record: journal.record, reason: plan.reason })
  return await transferWarm(
    { room, target, from: line.numbers[0], brief: { text, language, voice } },
    {
      ...{ sip, rooms, tracks, trunkId, ask },
      onStage: (stage) => void journal.emit({ at: now(), type: 'transfer-stage', stage }),
      tellCaller: () => speech.heard('joining', options),
      onError,
    },
    options,
  )
}

/** What another process was doing when it went: the room is asked, nothing is done twice. */
async function goOn(
  attempt: Ready,
  found: NonNullable<Attempt['plan']['found']>,
  options: { signal: AbortSignal },
): Promise<TransferOutcome> {
  const { services, plan, journal, now, logger } = attempt
  const { sip, rooms, trunkId } = services
  const { room } = journal.record
  const { target } = plan
  const isCold = target.mode === 'cold' || trunkId === undefined
  const outcome = isCold
    ? await awaitColdTransfer(
        { room, target, startedAt: found.stageAt },
        { sip, rooms, now, onError: noteLook(logger) },
        options,
      )
    : await sendColleaguesAway(rooms, room)
  await settle(attempt, { key: toEffectKey(identityOf(attempt)), outcome })
  return outcome
}

/** Nobody knows what the colleague has been told: they are let go, and the caller is told. */
async function sendColleaguesAway(
  rooms: TransferServices['rooms'],
  room: string,
): Promise<TransferOutcome> {
  const present = await rooms.participants(room)
  const colleagues = present.filter(({ identity }) => identity.startsWith('colleague-'))
  await Promise.all(colleagues.map(({ identity }) => rooms.removeParticipant(room, identity)))
  return 'unknown'
}

const noteLook = (logger: Logger) => (error: unknown) =>
  logger.debug({ err: error }, 'a look into the room failed')

function identityOf({ plan, journal }: Attempt) {
  const { to } = plan.target
  return { callId: journal.record.id, tool: transferToolName, identity: { to } }
}

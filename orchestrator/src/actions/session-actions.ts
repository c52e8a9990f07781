import type {
  ActionRecord,
  AgentMessageOf,
  CallAction,
  CallState,
  Line,
  OperatorAction,
  OrchestratorMessageOf,
  TransferMode,
} from '@trunkline/contracts'
import type { Journal } from '../calls/journal.ts'
import { toLineSpeech } from '../calls/speech.ts'
import type { CallTransfers } from '../transfer/call-transfers.ts'
import type { ActionOutcome } from './action-outcome.ts'

type SayDraft = Omit<OrchestratorMessageOf<'say'>, 'seq' | 'at' | 'type'>

export interface SessionActionsDeps {
  readonly line: Line
  readonly journal: Journal
  readonly now: () => number
  /** Puts a sentence on record and sends it. */
  readonly say: (draft: SayDraft) => void
  readonly sendAction: (actionId: string, action: CallAction) => void
  /** Stops the reply that is being made. */
  readonly stopTurn: () => void
  readonly hangUp: () => void
  readonly isEnding: () => boolean
  readonly transfers: () => Pick<CallTransfers, 'begin' | 'speech'>
  /** How long an agent may take to confirm; then the action is `accepted`. */
  readonly confirmTimeoutMs?: number
}

/** What operators do to one call. */
export interface SessionActions {
  perform(actionId: string, action: OperatorAction): Promise<ActionOutcome>
  takeResult(result: Pick<AgentMessageOf<'action-result'>, 'actionId' | 'ok' | 'code'>): void
  /** While true the caller's turns are put on record and not answered: a human speaks. */
  readonly isMuted: boolean
  /** What the next reply must know, in the order in which it was told. */
  readonly hints: readonly string[]
  /** Tells the next reply something, as a whisper does. */
  hint(text: string): void
  /** A reply has been made that knew the first `count` of them. */
  hintsTold(count: number): void
  close(): void
}

const inCall: readonly CallState[] = ['active', 'held']

export function createSessionActions(deps: SessionActionsDeps): SessionActions {
  const { line, journal, now, confirmTimeoutMs = 3000 } = deps
  const waiting = new Map<string, (outcome: ActionOutcome) => void>()
  const hints: string[] = []
  let isMuted = journal.record.muted ?? false

  const conflict = (message: string): ActionOutcome => ({
    ...{ kind: 'conflict', state: journal.record.state, message },
  })
  const record = (actionId: string, action: ActionRecord['action']) =>
    journal.emit({
      ...{ at: now(), type: 'action', actionId, kind: action.kind, action, by: 'operator' },
    })
  /** Sends an action and waits for the agent's answer, but not for ever. */
  const confirm = (actionId: string, action: CallAction) =>
    new Promise<ActionOutcome>((resolve) => {
      const timer = setTimeout(() => settle({ kind: 'accepted' }), confirmTimeoutMs)
      const settle = (outcome: ActionOutcome) => {
        clearTimeout(timer)
        waiting.delete(actionId)
        resolve(outcome)
      }
      waiting.set(actionId, settle)
      deps.sendAction(actionId, action)
    })
  const mute = (actionId: string, kind: 'mute' | 'take-over') => {
    record(actionId, { kind })
    isMuted = true
    deps.stopTurn()
    return confirm(actionId, { kind: 'mute' })
  }
  const say = (
    actionId: string,
    { text, language: wanted }: { text: string; language?: string | undefined },
  ) => {
    const { language: chosen, turns } = journal.record
    const spoken = wanted ?? chosen ?? turns.at(-1)?.language
    const { language, voice } = toLineSpeech(line, spoken)
    const turnId = `operator-${actionId}`
    deps.say({
      ...{
        turnId,
        index: 0,
        text,
        language,
        voice,
        kind: 'prompt',
        interruptible: true,
        last: true,
      },
    })
    hints.push(`A colleague has just told the caller through your voice: "${text}"`)
  }

  const transfer = (
    actionId: string,
    { to, mode }: { to: string; mode?: TransferMode | undefined },
  ): ActionOutcome => {
    switch (deps.transfers().begin({ to, mode, by: 'operator' }, { actionId })) {
      case 'taken':
        return { kind: 'accepted' }
      case 'unknown-target':
        return { kind: 'failed', code: 'unknown-target' }
      default:
        return conflict('only an active call is transferred, and one at a time')
    }
  }
  const hold = (actionId: string): ActionOutcome | Promise<ActionOutcome> => {
    if (journal.record.state !== 'active') return conflict('the caller is on hold already')
    record(actionId, { kind: 'hold' })
    deps.stopTurn()
    deps.transfers().speech.say('hold')
    return confirm(actionId, { kind: 'hold' })
  }
  const unhold = async (actionId: string): Promise<ActionOutcome> => {
    if (journal.record.state !== 'held') return conflict('the caller is not on hold')
    record(actionId, { kind: 'unhold' })
    const outcome = await confirm(actionId, { kind: 'unhold' })
    if (outcome.kind === 'done') deps.transfers().speech.say('back')
    return outcome
  }
  const setLanguage = (
    actionId: string,
    { language: wanted }: { language: string },
  ): ActionOutcome | Promise<ActionOutcome> => {
    const { language } = toLineSpeech(line, wanted)
    const isSpoken = wanted.split('-')[0]?.toLowerCase() === language
    if (!isSpoken) return { kind: 'failed', code: 'unknown-language' }
    record(actionId, { kind: 'set-language', language })
    return confirm(actionId, { kind: 'set-language', language })
  }

  return {
    async perform(actionId, action) {
      if (deps.isEnding()) return conflict('the call is ending')
      if (action.action !== 'hangup' && !inCall.includes(journal.record.state)) {
        return conflict('the caller has not been answered')
      }
      switch (action.action) {
        case 'hangup':
          deps.stopTurn()
          deps.hangUp()
          return { kind: 'accepted' }
        case 'say':
          if (isMuted) return conflict('the agent is muted')
          say(actionId, action)
          return { kind: 'accepted' }
        case 'whisper':
          record(actionId, { kind: 'whisper', text: action.text })
          journal.emit({ at: now(), type: 'action-finished', actionId, ok: true })
          hints.push(`A colleague tells you, unheard by the caller: "${action.text}"`)
          return { kind: 'accepted' }
        case 'mute':
        case 'take-over':
          return mute(actionId, action.action)
        case 'unmute':
          record(actionId, { kind: 'unmute' })
          isMuted = false
          return confirm(actionId, { kind: 'unmute' })
        case 'transfer':
          return transfer(actionId, action)
        case 'hold':
          return hold(actionId)
        case 'unhold':
          return unhold(actionId)
        case 'send-dtmf': {
          const { digits } = action
          record(actionId, { kind: 'send-dtmf', digits })
          return confirm(actionId, { kind: 'send-dtmf', digits })
        }
        case 'set-language':
          return setLanguage(actionId, action)
        default:
          return action satisfies never
      }
    },
    takeResult({ actionId, ok, code }) {
      const failed = { kind: 'failed', ...(code === undefined ? {} : { code }) } as const
      waiting.get(actionId)?.(ok ? { kind: 'done' } : failed)
    },
    get isMuted() {
      return isMuted
    },
    get hints() {
      return [...hints]
    },
    hint: (text) => void hints.push(text),
    hintsTold(count) {
      hints.splice(0, count)
    },
    close() {
      for (const settle of waiting.values()) settle(conflict('the call has ended'))
    },
  }
}

import type { CallAction, Line, OrchestratorMessageOf } from '@trunkline/contracts'
import type { JobLink } from '../channel/job-link.ts'
import type { Usage } from '../dialogue/dialogue.ts'
import { isKnownAction } from './action-protocols.ts'
import { openActions } from './apply-action.ts'
import type { Journal } from './journal.ts'
import { toMissing } from './resume.ts'
import { toLineSpeech } from './speech.ts'
import type { TurnMarks } from './turn-marks.ts'

/** A `say` before it has its number. */
export type SayDraft = Omit<OrchestratorMessageOf<'say'>, 'seq' | 'at' | 'type'>

/** What leaves for a call’s agent. Whatever the caller may hear of is stored first. */
export interface ToAgent {
  /** Puts the sentence on record and sends it. */
  say(draft: SayDraft): void
  finishTurn(turnId: string, usage: Usage | undefined): void
  /** Sends an action that is on record. False when this job's protocol does not know it. */
  act(actionId: string, action: CallAction): boolean
  /** Tells a job what the caller has said to being recorded; one of an older protocol never records. */
  consentToRecording(isGiven: boolean): void
  /** Sends a job that has come from elsewhere what it has not had, and what is open. */
  resend(options: { epoch: number; resumeFrom: number }): void
}

export interface ToAgentDeps {
  readonly line: Line
  readonly journal: Journal
  readonly link: () => JobLink | undefined
  readonly epoch: () => number
  readonly now: () => number
  readonly marks: Pick<TurnMarks, 'mark'>
}

/** Nobody waits longer for Redis; one that is known to be away is not waited for at all. */
const storeWaitMs = 150

export function createToAgent(deps: ToAgentDeps): ToAgent {
  const { line, journal, link, epoch, now, marks } = deps
  /** The call goes on with what is known here when Redis takes too long. */
  const after = () => journal.stored({ timeoutMs: storeWaitMs })?.then((isOurs) => isOurs !== false)
  const record = (draft: SayDraft, seq: number | undefined) =>
    journal.emit({
      ...{ at: now(), type: 'say', ...draft },
      ...(seq === undefined ? {} : { seq, epoch: epoch() }),
    })
  const finishTurn: ToAgent['finishTurn'] = (turnId, usage) =>
    link()?.send((seq) => ({
      ...{ type: 'turn-finished', seq, at: now(), turnId },
      ...(usage === undefined ? {} : { usage }),
    }))
  const act: ToAgent['act'] = (actionId, action) => {
    const job = link()
    if (job && !isKnownAction(action.kind, job.protocol)) return false
    job?.send((seq) => ({ type: 'action', seq, at: now(), actionId, action }), { after })
    return true
  }

  return {
    say({ cacheable = false, ...draft }) {
      const job = link()
      if (!job) {
        record(draft, undefined)
        return
      }
      const build = (seq: number) => {
        record(draft, seq)
        const kept = cacheable && job.protocol >= 3 && { cacheable }
        return { type: 'say', seq, at: now(), ...draft, ...kept } as const
      }
      const { turnId } = draft
      job.send(build, {
        after() {
          const gate = after()
          if (gate) void gate.then((isOurs) => isOurs && marks.mark(turnId, 'say-sent'))
          else marks.mark(turnId, 'say-sent')
          return gate
        },
      })
    },
    finishTurn,
    act,
    consentToRecording(isGiven) {
      const job = link()
      if (job && job.protocol >= 3) {
        job.send((seq) => ({ type: 'recording-consent', seq, at: now(), isGiven }))
      }
    },
    resend(position) {
      const job = link()
      const spoken = toLineSpeech(line, journal.record.turns.at(-1)?.language)
      for (const { turnId, says, isFinished } of toMissing(journal.record, position)) {
        for (const { index, text, kind, ...stored } of says) {
          const { language = spoken.language, voice = spoken.voice } = stored
          const { interruptible = kind === 'reply', last = kind === 'prompt' } = stored
          job?.send((seq) => ({
            ...{ type: 'say', seq, at: now(), turnId, index, text, kind },
            ...{ language, voice, interruptible, last },
          }))
        }
        if (isFinished) finishTurn(turnId, undefined)
      }
      for (const { actionId, action } of openActions(journal.record)) act(actionId, action)
    },
  }
}

import type { OnMachine } from '@trunkline/contracts'
import type { AnswerVerdict, HeardAnswer } from './answer.ts'

/** What we do towards somebody we have called, from their answer to our first words. */
export type Opening =
  /** Nothing yet. */
  | 'listen'
  /** We say who we are. */
  | 'greet'
  /** We stay quiet: the orchestrator hangs up, or the machine is not through. */
  | 'stay-quiet'
  /** The machine records by now: what we have to say can be said. */
  | 'leave-message'

/** Nobody said a word for so long: then we do. */
export const firstWordsMs = 1200
/** A greeting without a beep is over after this silence. */
const noBeepMs = 2500
/** A machine that has not come to its end by then never will. */
const longestGreetingMs = 45_000

/** Decides what comes next; `verdict` is undefined while nobody knows who is there. */
export function planOpening(
  {
    heard,
    verdict,
    onMachine,
  }: {
    heard: HeardAnswer
    verdict: AnswerVerdict | undefined
    onMachine: OnMachine
  },
  { nowMs }: { nowMs: number },
): Opening {
  if (!verdict) return heard.voice.length === 0 && nowMs >= firstWordsMs ? 'greet' : 'listen'
  const isMachine = verdict.by === 'machine' || verdict.by === 'ivr'
  if (!isMachine || onMachine === 'go-on') return 'greet'
  // A menu records nothing.
  if (onMachine === 'hang-up' || verdict.by === 'ivr') return 'stay-quiet'
  return isRecording(heard, nowMs) || nowMs - verdict.atMs >= longestGreetingMs
    ? 'leave-message'
    : 'stay-quiet'
}

function isRecording({ voice, beeps }: HeardAnswer, nowMs: number): boolean {
  const last = voice.at(-1)
  const beep = beeps.at(-1)
  // A VAD may take the tone itself for a voice; one that begins after it is a greeting that goes on.
  if (beep && (last === undefined || last.startMs <= beep.endMs)) return true
  return last?.endMs !== undefined && nowMs - last.endMs >= noBeepMs
}

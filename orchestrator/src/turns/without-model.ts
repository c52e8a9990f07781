import { type AgentMessageOf, type Line, lineLanguage, type MenuKey } from '@trunkline/contracts'
import type { Journal } from '../calls/journal.ts'
import { toLineSpeech } from '../calls/speech.ts'
import { toGoodbye } from '../intents/goodbye.ts'
import type { Presence } from '../intents/presence.ts'
import { askForAHuman } from '../limits/ask-for-a-human.ts'
import { judgeLoop } from '../limits/loop-guard.ts'
import { toOpenQuestion } from '../limits/reprompt.ts'
import { toIntentWords } from './intent-words.ts'

type Turn = AgentMessageOf<'turn'>

/** What a turn comes to that needs no model, or not with the words it came with. */
export type WithoutModel =
  | {
      readonly kind: 'words'
      /** Ours, the same in every call. */
      readonly text: string
      /** What was asked before, in the model's words. */
      readonly question?: string | undefined
      readonly endsCall?: boolean
    }
  /** The model is asked with these words instead of the key. */
  | { readonly kind: 'as-said'; readonly text: string }
  | { readonly kind: 'transfer'; readonly to: string }
  /** A reply is under way: it is answer enough. */
  | { readonly kind: 'nothing' }
  /** The other side is a machine that gets nowhere. */
  | { readonly kind: 'bot' }

export interface WithoutModelDeps {
  readonly line: Line
  readonly journal: Pick<Journal, 'record'>
  readonly presence: Presence
  readonly quickTurnIds: ReadonlySet<string>
  readonly isReplying: () => boolean
}

/** Decides without side effects, so that it can be asked about a turn that is not certain yet. */
export function decideWithoutModel(
  turn: Turn,
  { line, journal, presence, quickTurnIds, isReplying }: WithoutModelDeps,
): WithoutModel | undefined {
  const { record } = journal
  const { turns, expect, dtmf } = record
  const { language } = toLineSpeech(line, turn.language)
  if (turn.source === 'dtmf') {
    const does = dtmf === undefined && expect !== 'digits' ? line.keys[turn.text] : undefined
    return does && applyKey(does, { line, language })
  }
  const { botTurns } = line.limits
  switch (judgeLoop({ turns, turn, quickTurnIds, botTurns })) {
    case 'end':
      return { kind: 'bot' }
    case 'ask-for-a-human':
      return { kind: 'words', text: askForAHuman(language) }
    case 'go-on':
      break
  }
  const isFirst = turns.length === 0
  if (!presence.isAsked(turn.text, { language: turn.language, isFirst })) return undefined
  // What was interrupted, and may have been done meanwhile, is for the model to tell.
  if (turns.at(-1)?.state === 'cancelled') return undefined
  if (isReplying() && turn.supersedes === undefined) return { kind: 'nothing' }
  const text = presence.answer(language, turns.length)
  return { kind: 'words', text, question: toOpenQuestion(record) }
}

function applyKey(
  does: MenuKey,
  { line, language }: { line: Line; language: string },
): WithoutModel | undefined {
  if ('transfer' in does) return { kind: 'transfer', to: does.transfer }
  if ('say' in does) {
    const spoken = lineLanguage.parse(language)
    const text = does.say[spoken] ?? does.say[line.defaultLanguage]
    return text === undefined ? undefined : { kind: 'words', text }
  }
  if (does.intent === 'end_call') {
    return { kind: 'words', text: toGoodbye(language), endsCall: true }
  }
  return { kind: 'as-said', text: toIntentWords(does.intent, language) }
}

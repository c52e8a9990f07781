import { bargeIn, cutIn } from './barge-in.ts'
import { perceive } from './perceive.ts'
import type { Command, Perception, Step } from './perception.ts'
import type { TurnTakingProfile } from './profile.ts'
import type { Outcome } from './rule.ts'
import type { TurnTakingState } from './state.ts'
import { endTurn } from './turn.ts'
import { releaseAt } from './voice.ts'

/** Silence in the audio itself is noticed by the clock. */
const missingAudioMs = 100

/**
 * The whole of turn-taking: what follows from one perception. Pure; perceptions come in the order of their `at`.
 * Barge-in is decided before the end of the turn, since words over our voice first have to stop it.
 */
export function step(
  before: TurnTakingState,
  perception: Perception,
  profile: TurnTakingProfile,
): Step<TurnTakingState> {
  const { at } = perception
  const perceived = perceive(before, perception, profile)
  if (perceived.hasLeft) return { state: perceived, commands: [], why: 'the caller has left' }
  const heard = followSpeech(before, perceived)
  const cut = perception.type === 'cut-in' ? cutIn(heard.state) : undefined
  const overlap = cut ?? bargeIn(heard.state, at, profile)
  const turn = endTurn(overlap.state, at, profile)
  const { voice } = turn.state
  const hasEnded = perceived.voice.isSpeaking ? !voice.isSpeaking : before.voice.isSpeaking
  const wakeAt = soonest(at, [
    ...[overlap.wakeAt, turn.wakeAt, releaseAt(voice)],
    voice.streak > 0 ? voice.windowAt + missingAudioMs : undefined,
  ])
  return {
    state: turn.state,
    commands: [
      ...heard.commands,
      ...(hasEnded ? [toSpeechEnd(turn.state)] : []),
      ...overlap.commands,
      ...turn.commands,
    ],
    ...(wakeAt !== undefined && { wakeAt }),
    why: toWhy(heard, overlap, turn),
  }
}

/** Speech that begins is told; what was guessed to be a whole turn is taken back when it goes on. */
function followSpeech(before: TurnTakingState, state: TurnTakingState): Outcome {
  const { voice, turn } = state
  const commands: Command[] = []
  if (voice.isSpeaking && !before.voice.isSpeaking) {
    commands.push({ type: 'speech-start', onsetAt: voice.onsetAt })
  }
  const goesOn = voice.isSpeaking && voice.streak > 0
  if (!goesOn || turn.speculated === undefined) return { state, commands }
  return {
    state: { ...state, turn: { ...turn, speculated: undefined } },
    commands: [...commands, { type: 'drop' }],
    why: 'goes on: drops',
  }
}

function toSpeechEnd({ voice }: TurnTakingState): Command {
  const { voicedUntil, onsetAt } = voice
  return { type: 'speech-end', endedAt: voicedUntil, speechMs: voicedUntil - onsetAt }
}

function soonest(at: number, times: readonly (number | undefined)[]): number | undefined {
  const next = times.filter((time) => time !== undefined && time > at)
  return next.length === 0 ? undefined : Math.min(...next.map(Number))
}

/** The reason of what was done, else of what is waited for. */
function toWhy(...outcomes: readonly Outcome[]): Step<TurnTakingState>['why'] {
  const done = outcomes.findLast(({ commands, why }) => commands.length > 0 && why !== undefined)
  const waited = outcomes.find(({ why }) => why !== undefined)
  return done?.why ?? waited?.why ?? 'nothing to decide'
}

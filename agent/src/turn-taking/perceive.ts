import { learnPause } from './patience.ts'
import type { Perception } from './perception.ts'
import type { TurnTakingProfile } from './profile.ts'
import { hearFinal, hearInterim, setAside } from './said.ts'
import { newTurn, pauseFrom, type TurnTakingState, withWords } from './state.ts'
import { hearWindow, passTime } from './voice.ts'
import { fold } from './words/fold.ts'

/** Words that come this long after a turn was taken are no part of it. */
const lateFinalMs = 1500
/** So long may words lag behind the voice that said them. */
const wordsLagMs = 1500
const guardLearnsMs = 2000
/** Of our own words, by a recogniser that hears them faintly. */
const misheardShare = 1 / 3
/** A yes that was said longer ago than this answers something else. */
const staleAnswerMs = 2500

/** The state with what was perceived in it, before anything is decided. */
export function perceive(
  state: TurnTakingState,
  perception: Perception,
  profile: TurnTakingProfile,
): TurnTakingState {
  const { at } = perception
  if (perception.type === 'window') {
    return followPause({ ...state, voice: hearWindow(state.voice, perception) }, state)
  }
  const later = followPause({ ...state, voice: passTime(state.voice, at) }, state)
  switch (perception.type) {
    case 'interim':
    case 'final':
      return hearWords(later, perception, profile)
    case 'end-of-turn': {
      const { pause } = later
      if (!pause || perception.askedAt < pause.startedAt) return later
      const { probability, threshold } = perception
      return { ...later, pause: { ...pause, prediction: { probability, threshold } } }
    }
    case 'own-voice':
      return followOwnVoice(later, perception, profile)
    case 'expect':
      return withWords(later, { expect: perception.expect }, profile)
    case 'left':
      return { ...later, hasLeft: true }
    case 'cut-in':
    case 'time':
      return later
    default:
      perception satisfies never
      return later
  }
}

/** A pause begins with the last voiced window and ends with speech, not with a click. */
function followPause(state: TurnTakingState, before: TurnTakingState): TurnTakingState {
  const { voice, pause, turn } = state
  if (!voice.isSpeaking) return state
  if (voice.streak === 0) {
    return pause?.startedAt === voice.voicedUntil
      ? state
      : { ...state, pause: pauseFrom(voice.voicedUntil) }
  }
  const resumedAt = before.voice.isSpeaking ? voice.windowAt : voice.onsetAt
  // The caller has only paused when they had said something, and nobody has answered it.
  const hasPaused =
    pause && (state.reading.text !== '' || (before.lastCommitAt > 0 && !turn.hasReply))
  return {
    ...state,
    pause: undefined,
    turn: { ...turn, hasVoice: true },
    patience: hasPaused ? learnPause(state.patience, resumedAt - pause.startedAt) : state.patience,
  }
}

function hearWords(
  state: TurnTakingState,
  perception: Extract<Perception, { type: 'interim' | 'final' }>,
  profile: TurnTakingProfile,
): TurnTakingState {
  const { at } = perception
  const { voice, turn } = state
  const { heardUntil = at } = perception
  const isVoiceRecent = voice.isSpeaking || heardUntil - voice.voicedUntil < wordsLagMs
  if (isEcho(state, perception)) return state
  const said =
    perception.type === 'final'
      ? hearFinal(state.said, perception)
      : hearInterim(state.said, perception)
  const next = withWords(state, { said }, profile)
  if (next.reading.text === state.reading.text) return next
  if (isVoiceRecent || at - state.lastCommitAt < lateFinalMs) return next
  // A voice too faint for the VAD: its words are the only sign of it.
  return {
    ...next,
    voice: { ...voice, onsetAt: at, voicedUntil: at, voicedMs: 0 },
    turn: { ...turn, hasVoice: true },
    pause: pauseFrom(at),
  }
}

/**
 * Our own words, come back: no voice but ours was heard, or they are what we are saying while our voice is heard in
 * the caller's audio, or may be (the echo guard has to hear some of it first).
 */
function isEcho(
  { voice, own, reading }: TurnTakingState,
  { at, text }: Extract<Perception, { type: 'interim' | 'final' }>,
): boolean {
  const hasEcho = at - voice.echoAt < wordsLagMs
  if (hasEcho && !voice.isSpeaking && at - voice.voicedUntil >= wordsLagMs) return true
  // Also of a line that is over already, a greeting of one word; an answer to it begins later.
  const isOverOurs = own.isSpeaking || voice.onsetAt < own.until
  const mayBeEcho = hasEcho || (isOverOurs && at - own.since < guardLearnsMs)
  if (!mayBeEcho || own.words.length === 0 || reading.text !== '') return false
  const heard = fold(text)
  const foreign = heard.filter((word) => !own.words.includes(word))
  return foreign.length <= heard.length * misheardShare
}

function followOwnVoice(
  state: TurnTakingState,
  { at, isSpeaking, isInterruptible, text }: Extract<Perception, { type: 'own-voice' }>,
  profile: TurnTakingProfile,
): TurnTakingState {
  const turn = isSpeaking ? { ...state.turn, hasReply: true } : state.turn
  const since = isSpeaking && !state.own.isSpeaking ? at : state.own.since
  // What was just said still comes back.
  const words = text === undefined ? state.own.words : fold(text)
  const until = !isSpeaking && state.own.isSpeaking ? at : state.own.until
  const next = { ...state, own: { isSpeaking, isInterruptible, since, until, words }, turn }
  const { voice, reading, expect } = next
  if (isSpeaking || !state.own.isSpeaking || reading.meaning.kind !== 'backchannel') return next
  if (voice.isSpeaking || state.overlap.kind === 'interrupted') return next
  const isAnswer = expect === 'yes-no' && reading.completeness === 'answer'
  if (isAnswer && at - voice.voicedUntil < staleAnswerMs) return next
  // The final of an interim may still be more than the backchannel that it was taken for.
  const hasVoice = next.turn.hasVoice && next.said.interim !== undefined
  return withWords(
    { ...next, turn: { ...newTurn, hasReply: true, hasVoice } },
    { said: setAside(next.said) },
    profile,
  )
}

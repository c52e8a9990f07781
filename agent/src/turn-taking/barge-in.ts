import type { Command } from './perception.ts'
import type { TurnTakingProfile } from './profile.ts'
import type { Outcome, Rule, Why } from './rule.ts'
import { isSure, setAside } from './said.ts'
import { type TurnTakingState, withWords } from './state.ts'

/** A sound of the caller's is over when nothing follows it for this long. */
const endOfSoundMs = 200
/** The final of a short word comes only after it: asked for as soon as the word seems over. */
const askForWordsMs = 96
/** A cough, a breath or a knock: no word is this short, so none is waited for. */
const shortestWordMs = 160
/** The final of a sound that was let pass may still say "stop". */
const lateWordsMs = 1500
/** A voice's level moves by 4 dB and more from window to window, that of noise, music and many voices by 1 to 3. */
const leastModulationDb = 3.3
/** Somebody who says "yes, yes, okay" for this many times the limit wants to speak. */
const backchannelPatience = 2.5

/** Decides what the caller's sound over our voice means: goes down at once, then on or away. */
export const bargeIn: Rule = (state, at, profile) => {
  const { own, overlap, voice } = state
  if (!own.isSpeaking) {
    const next = overlap.kind === 'none' ? state : { ...state, overlap: { kind: 'none' } as const }
    // What was ducked is over, but the next words of ours are to be heard.
    if (overlap.kind === 'ducked') return { ...give(next, 'restore'), why: 'our voice has ended' }
    return { state: next, commands: [] }
  }
  if (!own.isInterruptible) {
    if (overlap.kind !== 'ducked') return { state, commands: [] }
    return {
      ...give({ ...state, overlap: { kind: 'none' } }, 'restore'),
      why: 'our line must be heard',
    }
  }
  if (overlap.kind === 'interrupted') return { state, commands: [], why: 'stops already' }
  const meant = whyMeant(state, at, profile)
  if (meant)
    return { ...give({ ...state, overlap: { kind: 'interrupted' } }, 'interrupt'), why: meant }
  if (overlap.kind === 'ducked') return whileDucked(state, at, profile)
  if (voice.isSpeaking && voice.streak > 0) {
    const next = { ...state, overlap: { kind: 'ducked', since: at } as const }
    return { ...give(next, 'duck'), why: 'speech over our voice: ducks' }
  }
  return { state: setBackchannelAside(state, at, profile), commands: [] }
}

/** The caller's device, or a key of theirs, says that they want to speak. */
export function cutIn(state: TurnTakingState): Outcome {
  const { own, overlap } = state
  if (!own.isSpeaking || !own.isInterruptible || overlap.kind === 'interrupted') {
    return { state, commands: [] }
  }
  return {
    ...give({ ...state, overlap: { kind: 'interrupted' } }, 'interrupt'),
    why: 'meant: cut in',
  }
}

function whyMeant(
  state: TurnTakingState,
  at: number,
  { minInterruptionMs, wordlessInterruptionMs }: TurnTakingProfile,
): Why | undefined {
  const { reading, voice, turn } = state
  // Words without a voice, or long after it, are corrections of what was said before.
  if (!turn.hasVoice || (!voice.isSpeaking && at - voice.voicedUntil > lateWordsMs))
    return undefined
  const { meaning } = reading
  switch (meaning.kind) {
    case 'stop':
      return 'meant: stop'
    case 'content':
      if (isGuess(state)) return undefined
      // A short single word is as likely a backchannel that was misheard: it is answered after our own.
      return meaning.words > 1 || voice.voicedMs >= minInterruptionMs ? 'meant: words' : undefined
    case 'nothing':
      return voice.isSpeaking &&
        voice.voicedMs >= wordlessInterruptionMs &&
        voice.modulationDb >= leastModulationDb
        ? 'meant: goes on speaking'
        : undefined
    case 'backchannel':
      return voice.isSpeaking && voice.voicedMs >= wordlessInterruptionMs * backchannelPatience
        ? 'meant: goes on speaking'
        : undefined
    default:
      meaning satisfies never
      return undefined
  }
}

/** The recogniser's first word on what may still become "of course". */
function isGuess({ said, reading: { meaning } }: TurnTakingState): boolean {
  return meaning.kind === 'content' && !isSure(said, meaning.words)
}

/** Noise and music are let pass, and are background from then on. */
function whileSounding(state: TurnTakingState, profile: TurnTakingProfile): Outcome {
  const { voice, reading } = state
  const isLong = voice.voicedMs >= profile.wordlessInterruptionMs
  if (!isLong || reading.meaning.kind !== 'nothing') {
    return { state, commands: [], why: 'ducked: what is it' }
  }
  const background = { ...voice, isSpeaking: false, streak: 0, floorDb: voice.levelDb }
  const next = { ...state, voice: background, overlap: { kind: 'none' } as const }
  return { ...give(next, 'restore'), why: 'not meant: noise' }
}

function whileDucked(state: TurnTakingState, at: number, profile: TurnTakingProfile): Outcome {
  const { voice, reading } = state
  if (voice.streak > 0) return whileSounding(state, profile)
  const silentMs = at - voice.voicedUntil
  const hasWords = reading.meaning.kind !== 'nothing' && !isGuess(state)
  const waitMs =
    hasWords || voice.voicedMs < shortestWordMs
      ? endOfSoundMs
      : Math.max(endOfSoundMs, profile.falseInterruptionTimeoutMs)
  if (silentMs >= waitMs) {
    const restored = { ...state, overlap: { kind: 'none' } as const }
    return {
      ...give(setBackchannelAside(restored, at, profile), 'restore'),
      why: hasWords ? 'not meant: backchannel' : 'not meant: no words',
    }
  }
  const wakeAt = voice.voicedUntil + waitMs
  const { pause } = state
  if (hasWords || !pause || pause.flushedAt !== undefined || voice.voicedMs < shortestWordMs) {
    return { state, commands: [], why: 'ducked: what is it', wakeAt }
  }
  if (silentMs < askForWordsMs) {
    const askAt = voice.voicedUntil + askForWordsMs
    return { state, commands: [], why: 'ducked: what is it', wakeAt: askAt }
  }
  const asked = { ...state, pause: { ...pause, flushedAt: at } }
  return { state: asked, commands: [{ type: 'flush' }], why: 'asks for the words', wakeAt }
}

/** A backchannel is no turn: it is not answered. A yes or no that is waited for is kept until our voice ends. */
function setBackchannelAside(
  state: TurnTakingState,
  at: number,
  profile: TurnTakingProfile,
): TurnTakingState {
  const { voice, reading, expect, overlap } = state
  const { meaning } = reading
  if (overlap.kind !== 'none' || meaning.kind !== 'backchannel' || meaning.isHalf) return state
  if (voice.isSpeaking || at - voice.voicedUntil < endOfSoundMs) return state
  if (expect === 'yes-no' && reading.completeness === 'answer') return state
  return withWords(state, { said: setAside(state.said) }, profile)
}

function give(state: TurnTakingState, type: 'duck' | 'restore' | 'interrupt'): Outcome {
  const commands: readonly Command[] = [{ type }]
  return { state, commands }
}

import type { VoiceWindow } from './perception.ts'

/** The caller's voice over the windows: begins after two of speech or a sure one, ends after a pause, and echo is none of it. */
export interface CallerVoice {
  readonly isSpeaking: boolean
  /** Of the speech under way, or of the last one. */
  readonly onsetAt: number
  /** End of the last voiced window of it; 0 before the first. */
  readonly voicedUntil: number
  /** Voiced sound since the onset. */
  readonly voicedMs: number
  /** Voiced windows in a row, up to the last one. */
  readonly streak: number
  /** Loudest background of late. */
  readonly floorDb: number
  /** When our own voice was last heard coming back, with the sound of speech. */
  readonly echoAt: number
  readonly windowAt: number
  readonly levelDb: number
  /** Loudest sound of late of the speech under way. */
  readonly peakDb: number
  /** Mean step of the level from one voiced window to the next: speech moves, noise and music hardly do. */
  readonly modulationDb: number
}

export const silentVoice: CallerVoice = {
  isSpeaking: false,
  onsetAt: 0,
  voicedUntil: 0,
  voicedMs: 0,
  streak: 0,
  floorDb: -60,
  echoAt: Number.NEGATIVE_INFINITY,
  windowAt: 0,
  levelDb: -99,
  peakDb: -99,
  modulationDb: 0,
}

const windowMs = 32
/** The VAD's own hysteresis, as agents-js sets it. */
const beginProbability = 0.5
const goOnProbability = 0.35
/** With it one window is enough: a click may last as long, but the VAD is never sure of it. */
const sureProbability = 0.8
/** A click is one window. */
const onsetWindows = 2
/** Shorter gaps lie inside words: closed lips before a p or a t. */
const releaseMs = 200
/** Above it, what is left of a window after our own voice is taken out is too little to judge. */
const mostEcho = 0.6
/** Below it our own voice makes no difference to a level. */
const leastEcho = 0.1
const leastOverFloorDb = 5
/** The softest sounds of speech are this far below the loudest; what is softer is the VAD's own slowness, or echo. */
const deepestDb = 24
const peakFallsDb = 0.3
const leastLevelDb = -60
/** Without audio (mute, hold, silence not sent) nothing is voiced. */
const missingAudioMs = 100

export function hearWindow(voice: CallerVoice, window: VoiceWindow): CallerVoice {
  const { at, probability, levelDb, echo } = window
  const isEcho = echo > mostEcho
  const ownDb = levelDb + 10 * Math.log10(Math.max(1e-3, 1 - echo))
  const isLoud = ownDb >= leastLevelDb && ownDb >= voice.floorDb + leastOverFloorDb
  const goesOn = ownDb >= voice.peakDb - deepestDb && (isLoud || echo < leastEcho)
  const isVoiced =
    !isEcho &&
    (voice.isSpeaking
      ? probability > goOnProbability && goesOn
      : probability >= beginProbability && isLoud)
  const heard: CallerVoice = {
    ...voice,
    windowAt: at,
    streak: isVoiced ? voice.streak + 1 : 0,
    floorDb: followFloor(voice.floorDb, ownDb),
    modulationDb: isVoiced ? followModulation(voice, levelDb) : voice.modulationDb,
    levelDb,
    peakDb: isVoiced ? followPeak(voice, ownDb) : voice.peakDb,
    echoAt: echo > leastEcho && probability > goOnProbability ? at : voice.echoAt,
  }
  if (!isVoiced) return release(heard, at)
  if (voice.isSpeaking) return { ...heard, voicedUntil: at, voicedMs: voice.voicedMs + windowMs }
  if (heard.streak < onsetWindows && probability < sureProbability) return heard
  const voicedMs = heard.streak * windowMs
  return { ...heard, isSpeaking: true, onsetAt: at - voicedMs, voicedUntil: at, voicedMs }
}

/** Time has passed, with or without audio. */
export function passTime(voice: CallerVoice, at: number): CallerVoice {
  const hasAudio = at - voice.windowAt < missingAudioMs
  return release(hasAudio ? voice : { ...voice, streak: 0 }, at)
}

/** When the speech under way will be over if nothing more is heard. */
export function releaseAt(voice: CallerVoice): number | undefined {
  return voice.isSpeaking ? voice.voicedUntil + releaseMs : undefined
}

function release(voice: CallerVoice, at: number): CallerVoice {
  if (!voice.isSpeaking || voice.streak > 0 || at - voice.voicedUntil < releaseMs) return voice
  return { ...voice, isSpeaking: false }
}

function followPeak(voice: CallerVoice, levelDb: number): number {
  const hasBegun = voice.isSpeaking || voice.streak > 0
  return hasBegun ? Math.max(levelDb, voice.peakDb - peakFallsDb) : levelDb
}

/** Begins anew with each onset. */
function followModulation(voice: CallerVoice, levelDb: number): number {
  if (voice.streak === 0 && !voice.isSpeaking) return 0
  const step = Math.min(20, Math.abs(levelDb - voice.levelDb))
  return voice.modulationDb + (step - voice.modulationDb) * 0.15
}

/** Falls at once and rises slowly: speech has gaps that pull it down, a steady noise has none. */
function followFloor(floorDb: number, levelDb: number): number {
  const bounded = Math.max(-80, levelDb)
  return bounded < floorDb ? floorDb + (bounded - floorDb) * 0.3 : Math.min(bounded, floorDb + 0.25)
}

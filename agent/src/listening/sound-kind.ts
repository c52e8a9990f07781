import type { AgentMessageOf } from '@trunkline/contracts'

/** What comes from the caller's side. */
export type SoundKind = AgentMessageOf<'caller-audio'>['state']

/** What is looked at of a window of 32 ms. */
export interface SoundWindow {
  readonly at: number
  /** Of speech, by the VAD. */
  readonly probability: number
  readonly levelDb: number
  /** How much of it is made of tones that last, 0 to 1. */
  readonly tonality: number
}

export interface SoundChange {
  readonly kind: SoundKind
  /** For how long it has been so already. */
  readonly sinceMs: number
}

/** Follows what kind of sound comes from the caller. Pure but for what it remembers. */
export interface SoundWatch {
  /** Tells a change when it is certain. */
  hear(window: SoundWindow): SoundChange | undefined
  /** Words were recognised: music and noise have none. */
  words(at: number): void
}

const spanMs = 3000
/** Digital silence: no line, no room and no microphone is so quiet. */
const nothingDb = -85
const audibleDb = -52
/** A pause between two sentences is no change, nor is one note on the line. */
const certainAfterMs: Readonly<Record<SoundKind, number>> = {
  speech: 300,
  silence: 1500,
  music: 2500,
  noise: 2500,
  'no-media': 1000,
}
/** Whoever speaks over music has words. */
const wordsCountMs = 4000

export function createSoundWatch(): SoundWatch {
  let windows: SoundWindow[] = []
  let told: SoundKind | undefined
  let candidate: { readonly kind: SoundKind; readonly since: number } | undefined
  let wordsAt = Number.NEGATIVE_INFINITY
  return {
    words(at) {
      wordsAt = at
    },
    hear(window) {
      windows.push(window)
      const { at } = window
      const first = windows.findIndex((one) => one.at > at - spanMs)
      if (first > 0) windows = windows.slice(first)
      const hasWords = at - wordsAt < wordsCountMs
      const kind = toKind(windows, { hasWords })
      if (candidate?.kind !== kind) candidate = { kind, since: at }
      const sinceMs = at - candidate.since
      if (kind === told || sinceMs < certainAfterMs[kind]) return undefined
      told = kind
      return { kind, sinceMs }
    },
  }
}

const share = (windows: readonly SoundWindow[], holds: (window: SoundWindow) => boolean) =>
  windows.length === 0 ? 0 : windows.filter(holds).length / windows.length

function toKind(windows: readonly SoundWindow[], { hasWords }: { hasWords: boolean }): SoundKind {
  if (share(windows, ({ levelDb }) => levelDb > nothingDb) < 0.03) return 'no-media'
  const audible = windows.filter(({ levelDb }) => levelDb > audibleDb)
  const audibleShare = audible.length / windows.length
  if (audibleShare < 0.1) return 'silence'
  const tonality = audible.reduce((sum, window) => sum + window.tonality, 0) / audible.length
  const isSteady = audibleShare > 0.75
  if (isSteady && tonality > 0.45 && !hasWords) return 'music'
  const voiced = share(windows, ({ probability }) => probability > 0.5)
  if (hasWords || voiced > 0.15) return 'speech'
  return isSteady ? 'noise' : 'silence'
}

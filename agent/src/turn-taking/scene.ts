import type { Command, Perception } from './perception.ts'
import { type TurnTakingProfile, toProfile } from './profile.ts'
import type { Why } from './rule.ts'
import { silence, type TurnTakingState } from './state.ts'
import { step } from './step.ts'

/** A command and when it was given. */
export type TimedCommand = Command & { readonly at: number }

export interface Played {
  readonly commands: readonly TimedCommand[]
  readonly state: TurnTakingState
  readonly whys: readonly { readonly at: number; readonly why: Why }[]
}

/** Plays perceptions in virtual time, with the wake-ups that the steps ask for. */
export function play(
  perceptions: readonly Perception[],
  { profile, until }: { profile: TurnTakingProfile; until: number },
): Played {
  let state = silence
  let wakeAt: number | undefined
  const commands: TimedCommand[] = []
  const whys: { at: number; why: Why }[] = []
  const take = (perception: Perception) => {
    const next = step(state, perception, profile)
    state = next.state
    wakeAt = next.wakeAt
    for (const command of next.commands) commands.push({ ...command, at: perception.at })
    whys.push({ at: perception.at, why: next.why })
  }
  const wakeUntil = (at: number) => {
    while (wakeAt !== undefined && wakeAt < at) take({ type: 'time', at: wakeAt })
  }
  for (const perception of perceptions) {
    wakeUntil(perception.at)
    take(perception)
  }
  wakeUntil(until)
  return { commands, state, whys }
}

/** Windows of one kind, 32 ms each, from a time to another. */
export function windows(
  from: number,
  to: number,
  kind: keyof typeof windowOf = 'speech',
): Perception[] {
  const made: Perception[] = []
  for (let at = from + 32; at <= to; at += 32) {
    const { levelDb, ...window } = windowOf[kind]
    // Syllables are louder than what lies between them.
    const swingDb = kind === 'speech' && made.length % 2 === 1 ? 6 : 0
    made.push({ type: 'window', at, ...window, levelDb: levelDb - swingDb })
  }
  return made
}

const windowOf = {
  speech: { probability: 0.95, levelDb: -25, echo: 0 },
  silence: { probability: 0.02, levelDb: -70, echo: 0 },
  echo: { probability: 0.9, levelDb: -35, echo: 0.9 },
  noise: { probability: 0.25, levelDb: -42, echo: 0 },
  /** As loud as speech, and the VAD makes half a voice of it. */
  click: { probability: 0.7, levelDb: -25, echo: 0 },
  /** Hold music that the VAD takes for a voice. */
  music: { probability: 0.8, levelDb: -30, echo: 0 },
} as const

export const usualTurnTaking = {
  minEndpointingDelayMs: 300,
  maxEndpointingDelayMs: 2000,
  minInterruptionMs: 400,
  falseInterruptionTimeoutMs: 250,
  wordlessInterruptionMs: 1500,
  dictationPauseMs: 1500,
  maxSpeculations: 2,
  adaptToCaller: true,
}

export const usualProfile = (language = 'en'): TurnTakingProfile =>
  toProfile(usualTurnTaking, language)

/** In the order of time; of one moment, as given. */
export function inOrder(...parts: readonly (Perception | readonly Perception[])[]): Perception[] {
  return parts.flat().toSorted((a, b) => a.at - b.at)
}

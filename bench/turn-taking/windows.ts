import type { VoiceWindow } from '../../agent/src/turn-taking/perception.ts'
import type { Features } from './features.ts'

export const windowMs = 32

/** What is kept of each window. */
export type Windows = Pick<Features, 'speech' | 'levelDb' | 'echo'>

/** A window as turn-taking perceives it. */
export function windowAt({ speech, levelDb, echo }: Windows, index: number): VoiceWindow {
  return {
    type: 'window',
    at: (index + 1) * windowMs,
    probability: (speech[index] ?? 0) / 1000,
    levelDb: levelDb[index] ?? -99,
    echo: (echo[index] ?? 0) / 100,
  }
}

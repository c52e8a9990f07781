import type { Logger } from '@trunkline/telemetry'
import type { Hearing } from '../listening/hearing.ts'
import type { Listening } from '../listening/listening.ts'
import type { Playout } from '../speaking/playout.ts'
import type { Speaker } from '../speaking/speaker.ts'
import type { Command } from '../turn-taking/perception.ts'
import type { TurnTakingProfile } from '../turn-taking/profile.ts'
import { silence } from '../turn-taking/state.ts'
import { step } from '../turn-taking/step.ts'
import { createTurnDriver, type Perceived } from './turn-driver.ts'
import type { Turns } from './turns.ts'

/** Who has the floor, the caller or we: does what turn-taking decides. */
export interface Floor {
  perceive(perceived: Perceived): void
  /** Onset of the caller's speech → our voice cut by it, in milliseconds; undefined when they did not cut it. */
  bargeInStopMs(): number | undefined
  close(): void
}

export interface FloorDeps {
  /** By the language that is spoken now, BCP 47. */
  readonly profileOf: (language: string) => TurnTakingProfile
  readonly playout: Pick<Playout, 'duck' | 'restore' | 'stoppedAt'>
  readonly speaker: Pick<Speaker, 'interrupt'>
  readonly hearing: Pick<Hearing, 'predict' | 'flush' | 'forgetTurn'>
  readonly listening: Pick<Listening, 'speechStarted' | 'speechEnded' | 'language'>
  readonly turns: Pick<Turns, 'ended' | 'speculated' | 'dropped'>
  /** A turn of the caller's is over. */
  readonly onTurn: () => void
  readonly logger: Logger
}

export function createFloor(deps: FloorDeps): Floor {
  const { profileOf, playout, speaker, hearing, listening, turns, onTurn, logger } = deps
  let onsetAt: number | undefined
  const driver = createTurnDriver({
    start: silence,
    step: (before, perception) => step(before, perception, profileOf(listening.language)),
    perform,
  })

  function perform(command: Command): void {
    switch (command.type) {
      case 'speech-start':
        onsetAt = command.onsetAt
        listening.speechStarted()
        break
      case 'speech-end':
        listening.speechEnded(toEpoch(command.endedAt), { speechMs: command.speechMs })
        break
      case 'duck':
        playout.duck()
        break
      case 'restore':
        playout.restore()
        break
      case 'interrupt':
        speaker.interrupt()
        // What must be said all the same goes on.
        playout.restore()
        break
      case 'predict':
        hearing.predict(listening.language)
        break
      case 'flush':
        hearing.flush()
        break
      case 'speculate': {
        const { text, confidence } = command
        turns.speculated({ text, confidence, source: 'speech' })
        break
      }
      case 'drop':
        turns.dropped()
        break
      case 'commit':
        commit(command)
        break
      default:
        command satisfies never
    }
  }

  function commit(command: Extract<Command, { type: 'commit' }>): void {
    const { text, confidence, reason, probability } = command
    hearing.forgetTurn()
    // Whoever has a new turn does not want to hear the rest of the reply to the one before.
    speaker.interrupt()
    const turnId = turns.ended(
      { text, confidence, source: 'speech' },
      {
        reason,
        endedAt: toEpoch(command.endedAt),
        ...(probability !== undefined && { probability }),
      },
    )
    onTurn()
    // `at` of each step counts from here.
    const { timeOrigin } = performance
    logger.debug({ turnId, timeOrigin, trace: driver.takeTrace() }, 'a turn is over')
  }

  return {
    perceive: driver.perceive,
    bargeInStopMs() {
      const { stoppedAt } = playout
      if (stoppedAt === undefined || onsetAt === undefined) return undefined
      return stoppedAt > onsetAt ? stoppedAt - onsetAt : undefined
    },
    close: driver.close,
  }
}

function toEpoch(at: number): number {
  return performance.timeOrigin + at
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { FixedWords } from '@trunkline/contracts'
import { whenAborted } from '@trunkline/runtime'
import { toCandidates } from '../last-words/apologies.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import type { SpareLines } from '../spoken-lines/spare-lines.ts'

/** What is said when this job cannot go on. */
export interface Apology {
  /**
   * Says it past the speaker, who is silent from then on: the line's own words, else ours in its language or in English,
   * else a tone. Resolves when it was heard, or can be heard no more.
   */
  say(own: FixedWords | undefined, voice: RoomVoice | undefined): Promise<void>
}

export interface ApologyDeps {
  /** Silences our voice for good. */
  readonly mute: () => void
  readonly spareLines: Pick<SpareLines, 'playFirst'>
  /** Aborts when the call is over. */
  readonly signal: AbortSignal
}

/** What was given to the room and is not yet heard at the caller's end, when the call is about to end. */
const tailMs = 400

export function createApology({ mute, spareLines, signal }: ApologyDeps): Apology {
  return {
    async say(own, voice) {
      mute()
      if (!voice) return
      await spareLines.playFirst(toCandidates(own), voice)
      await Promise.race([sleep(tailMs), whenAborted(signal)])
    },
  }
}

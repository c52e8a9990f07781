import { setTimeout as sleep } from 'node:timers/promises'
import type { FixedWords, OrchestratorMessageOf } from '@trunkline/contracts'
import { whenAborted } from '../deferred.ts'
import { toCandidates } from '../last-words/apologies.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import { apologyTurnId, type Speaker } from '../speaking/speaker.ts'
import type { SpareLines } from '../spoken-lines/spare-lines.ts'

type Welcome = OrchestratorMessageOf<'welcome'>
type Lines = Pick<Welcome, 'apology' | 'bridging' | 'greeting'>

/** What is said when this job cannot go on. */
export interface Apology {
  /** Has it read and put on disk now, as nobody may be there to ask when it is needed. */
  prepare(lines: Lines): void
  /** In a call that has begun. Resolves when it was heard, or can be heard no more. */
  say(): Promise<void>
  /** To a caller with whom nothing has begun; in English when the line is not known, a tone when nothing can be said. */
  sayBefore(own: FixedWords | undefined, voice: RoomVoice | undefined): Promise<void>
}

export interface ApologyDeps {
  readonly speaker: Pick<Speaker, 'prepare' | 'stop' | 'play'>
  readonly spareLines: SpareLines
  readonly playedOut: () => Promise<void>
  /** Aborts when the call is over. */
  readonly signal: AbortSignal
}

/** What was given to the room and is not yet heard at the caller's end, when the call is about to end. */
const tailMs = 400

export function createApology({ speaker, spareLines, playedOut, signal }: ApologyDeps): Apology {
  return {
    prepare({ apology, bridging, greeting }) {
      for (const line of [bridging, apology, greeting]) if (line) spareLines.keep(line)
      const spoken = { ...apology, turnId: apologyTurnId, index: 0, cache: true }
      speaker.prepare({ ...spoken, interruptible: false }).end()
    },
    async say() {
      speaker.stop()
      speaker.play(apologyTurnId)
      await playedOut()
    },
    async sayBefore(own, voice) {
      if (!voice) return
      await spareLines.playFirst(toCandidates(own), voice)
      await Promise.race([sleep(tailMs), whenAborted(signal)])
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { whenAborted } from '@trunkline/runtime'
import { createDeferred } from '../deferred.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import type { SpareLines } from '../spoken-lines/spare-lines.ts'

type Welcome = OrchestratorMessageOf<'welcome'>

/** What a caller hears who lost their agent, before this job goes on. */
export interface Bridging {
  /** The orchestrator has something to say: no bridging words are needed. */
  speechComes(): void
  /** Says the line's bridging words where they are needed; resolves when replies may be heard. Never throws. */
  over(welcome: Welcome | undefined, voice: RoomVoice): Promise<void>
}

/**
 * When nothing is there to be said so long after the job's start, the caller is told that somebody is there. The job before
 * has been dead for half a second by then, and the words take a moment to be heard: a second in all.
 */
const patienceMs = 500
/** What the orchestrator says again follows its `welcome` at once, however late that came. */
const graceMs = 100

export function createBridging({
  spareLines,
  signal,
}: {
  spareLines: Pick<SpareLines, 'playFirst'>
  /** Aborts when the call is over for this job. */
  signal: AbortSignal
}): Bridging {
  const speech = createDeferred<'speech'>()
  const patience = createDeferred<'late'>()
  const timer = setTimeout(() => patience.resolve('late'), patienceMs)
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  return {
    speechComes: () => speech.resolve('speech'),
    async over(welcome, voice) {
      const { resume, bridging } = welcome ?? {}
      // A human may be speaking to the caller.
      const isMuted = resume?.actions.some(({ action }) => action.kind === 'mute')
      if (!resume?.active || !bridging || isMuted) return
      const over = whenAborted(signal)
      const late = Promise.all([patience.promise, sleep(graceMs)]).then(() => 'late' as const)
      const first = await Promise.race([speech.promise, late, over])
      if (first === 'late') await spareLines.playFirst([bridging], voice)
    },
  }
}

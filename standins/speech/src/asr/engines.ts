import { WorkerPool } from '../workers/worker-pool.ts'
import type { Transcription, TranscriptionJob } from './transcription.ts'
import type { VoiceJob, VoiceResult } from './voice-activity.ts'

/** What recognition needs of the threads that do the work. */
export interface AsrEngines {
  detect(job: VoiceJob, options: { readonly signal: AbortSignal }): Promise<VoiceResult>
  transcribe(job: TranscriptionJob, options: TranscribeOptions): Promise<Transcription>
  /** Whether a transcription would start at once: interims are made of spare time only. */
  readonly isIdle: boolean
}

export interface TranscribeOptions {
  readonly signal: AbortSignal
  /** May be dropped for a final. */
  readonly isInterim: boolean
}

export interface AsrWorkers extends AsrEngines {
  ready(): Promise<void>
  readonly isAlive: boolean
  close(): Promise<void>
}

const jobTimeoutMs = 30_000

export function startAsrWorkers({
  workers,
  onCrash,
}: {
  workers: number
  onCrash: (cause: unknown) => void
}): AsrWorkers {
  const speech = new WorkerPool<TranscriptionJob, Transcription>({
    script: new URL('./asr-worker.ts', import.meta.url),
    size: workers,
    maxWaiting: 32 * workers,
    jobTimeoutMs,
    onCrash,
  })
  // One thread hears for all: a window costs it 0.15 ms of every 32.
  const voice = new WorkerPool<VoiceJob, VoiceResult>({
    script: new URL('./vad-worker.ts', import.meta.url),
    size: 1,
    maxWaiting: 1_000,
    jobTimeoutMs,
    onCrash,
  })
  return {
    detect: (job, { signal }) => voice.run(job, { signal }),
    transcribe: (job, { signal, isInterim }) =>
      speech.run(job, { signal, preemptible: isInterim, transfer: transferOf(job.pcm) }),
    get isIdle() {
      return speech.free > 0
    },
    get isAlive() {
      return speech.alive > 0 && voice.alive > 0
    },
    ready: async () => {
      await Promise.all([speech.ready(), voice.ready()])
    },
    close: async () => {
      await Promise.all([speech.close(), voice.close()])
    },
  }
}

/** The copy made for a worker is moved, not copied again. */
function transferOf(pcm: Int16Array): ArrayBuffer[] {
  return pcm.buffer instanceof ArrayBuffer ? [pcm.buffer] : []
}

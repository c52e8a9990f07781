import { WorkerPool } from '../workers/worker-pool.ts'
import type { KnownSpeech } from './known-speech.ts'
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

type Transcriber = Omit<AsrWorkers, 'detect'>

const jobTimeoutMs = 30_000

export interface AsrWorkersOptions {
  readonly workers: number
  /** Recognises in the place of the model. */
  readonly known?: KnownSpeech | undefined
  readonly onCrash: (cause: unknown) => void
}

export function startAsrWorkers({ workers, known, onCrash }: AsrWorkersOptions): AsrWorkers {
  const speech = known ? recognizeKnown(known) : startModel({ workers, onCrash })
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
    transcribe: speech.transcribe,
    get isIdle() {
      return speech.isIdle
    },
    get isAlive() {
      return speech.isAlive && voice.alive > 0
    },
    ready: async () => {
      await Promise.all([speech.ready(), voice.ready()])
    },
    close: async () => {
      await Promise.all([speech.close(), voice.close()])
    },
  }
}

function startModel({ workers, onCrash }: Omit<AsrWorkersOptions, 'known'>): Transcriber {
  const pool = new WorkerPool<TranscriptionJob, Transcription>({
    script: new URL('./asr-worker.ts', import.meta.url),
    size: workers,
    maxWaiting: 32 * workers,
    jobTimeoutMs,
    onCrash,
  })
  return {
    transcribe: (job, { signal, isInterim }) =>
      pool.run(job, { signal, preemptible: isInterim, transfer: transferOf(job.pcm) }),
    get isIdle() {
      return pool.free > 0
    },
    get isAlive() {
      return pool.alive > 0
    },
    ready: () => pool.ready(),
    close: () => pool.close(),
  }
}

function recognizeKnown(known: KnownSpeech): Transcriber {
  return {
    async transcribe({ pcm }) {
      const startedAt = performance.now()
      const { text, likeness } = known.recognize(pcm)
      const logProbability = likeness > 0 ? Math.log(Math.min(1, likeness)) : 0
      return { text, tokens: [], logProbability, computeMs: performance.now() - startedAt }
    },
    isIdle: true,
    isAlive: true,
    ready: async () => {},
    close: async () => {},
  }
}

/** The copy made for a worker is moved, not copied again. */
function transferOf(pcm: Int16Array): ArrayBuffer[] {
  return pcm.buffer instanceof ArrayBuffer ? [pcm.buffer] : []
}

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { epochNow, inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { createResampler, type Resampler } from '@trunkline/telephony'
import type { Outgoing } from '../channel/outgoing.ts'
import { createStereoTimeline, type Side, type StereoTimeline } from './stereo-timeline.ts'
import { createWavFile, type WavFile } from './wav-file.ts'

export interface HeardAudio {
  readonly sampleRateHz: number
  /** When its first sample is heard, epoch milliseconds. */
  readonly at: number
}

/** Records one job's part of a call: the caller on the left, we on the right. */
export interface Recorder {
  caller(pcm: Int16Array, audio: HeardAudio): void
  /** Our voice may be told ahead of its time. */
  agent(pcm: Int16Array, audio: HeardAudio): void
  /** Our voice stops at `at`: what was told of later is not heard. */
  agentCut(at: number): void
  /** The caller agrees; nothing was kept until now. */
  allow(): void
  /** The caller does not, or no longer: what was written is removed. */
  refuse(): void
  /** Writes the rest. */
  close(): Promise<void>
}

export interface RecorderOptions {
  /** `ask`: nothing is kept before `allow`. */
  readonly mode: 'on' | 'ask'
  readonly folder: string
  /** Of the file, without a name or a number in it. */
  readonly name: string
  /** Where the recording will be found. */
  readonly reference: string
  readonly send: (message: Extract<Outgoing, { type: 'recording' }>) => void
  readonly logger: Logger
  readonly now?: () => number
  readonly createFile?: typeof createWavFile
}

/** Telephones have no more. */
export const recordedRateHz = 16_000
const writeEveryMs = 1000

interface Running {
  readonly timeline: StereoTimeline
  readonly startedAt: number
  readonly file: Promise<WavFile>
  readonly timer: NodeJS.Timeout
  readonly resamplers: Map<string, Resampler>
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { mode, folder, name, reference, send, logger } = options
  const { now = epochNow, createFile = createWavFile } = options
  let running: Running | undefined
  let isOver = false
  let writing: Promise<void> = Promise.resolve()

  /** One after another; the first failure ends the recording and keeps what is on disk. */
  const write = (step: (file: WavFile) => Promise<void>) => {
    const run = running
    if (!run) return
    writing = writing
      .then(async () => step(await run.file))
      .catch((error: unknown) => {
        if (!isOver) logger.error({ err: error }, 'the recording cannot go on')
        isOver = true
        clearInterval(run.timer)
      })
  }

  const start = () => {
    const startedAt = now()
    const make = async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = await createFile(join(folder, name), { sampleRateHz: recordedRateHz })
      send({ type: 'recording', state: 'started', reference })
      return file
    }
    const run: Running = {
      timeline: createStereoTimeline({ sampleRateHz: recordedRateHz, startAt: startedAt }),
      startedAt,
      file: make(),
      timer: setInterval(
        () => write((file) => file.append(run.timeline.take(now()))),
        writeEveryMs,
      ),
      resamplers: new Map(),
    }
    run.timer.unref()
    running = run
    write(async () => {}) // notices at once that no file can be made
  }

  const place = (side: Side, pcm: Int16Array, { sampleRateHz, at }: HeardAudio) => {
    if (!running || isOver) return
    const { timeline, resamplers } = running
    if (sampleRateHz === recordedRateHz) return timeline.place(side, pcm, at)
    const key = `${side} ${sampleRateHz}`
    const resampler =
      resamplers.get(key) ?? createResampler({ fromHz: sampleRateHz, toHz: recordedRateHz })
    resamplers.set(key, resampler)
    timeline.place(side, resampler.push(pcm), at)
  }

  const finish = async (run: Running, file: WavFile, endedAt: number) => {
    await file.append(run.timeline.end(endedAt))
    await file.finish()
    const durationMs = endedAt - run.startedAt
    send({ type: 'recording', state: 'finished', reference, durationMs, bytes: file.bytes })
  }

  if (mode === 'on') start()
  return {
    caller: (pcm, audio) => place('caller', pcm, audio),
    agent: (pcm, audio) => place('agent', pcm, audio),
    agentCut(at) {
      running?.timeline.cut('agent', at)
    },
    allow() {
      if (!running && !isOver) start()
    },
    refuse() {
      isOver = true
      const run = running
      running = undefined
      if (!run) return
      clearInterval(run.timer)
      const remove = async () => {
        await writing
        const file = await run.file.catch(() => undefined)
        if (!file) return // told when it could not be made
        await file.remove()
        send({ type: 'recording', state: 'removed', reference })
      }
      writing = remove()
      inBackground(writing, {
        onError: (error) => logger.error({ err: error }, 'a recording was not removed'),
      })
    },
    async close() {
      const run = running
      const endedAt = now()
      if (run && !isOver) {
        clearInterval(run.timer)
        write((file) => finish(run, file, endedAt))
        isOver = true
      }
      running = undefined
      await writing.catch(() => {}) // told where it happened
    },
  }
}

import type { Room } from '@livekit/rtc-node'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import { listenToCaller } from '../listening/caller-audio.ts'
import { hearingRateHz } from '../listening/caller-track.ts'
import type { SoundListener } from '../speaking/heard-source.ts'
import type { SinkSettings } from './create-sink.ts'
import { createSink } from './create-sink.ts'
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts'

export interface CallRecording {
  /** Records where the line and the caller let us. */
  begin(call: {
    welcome: Pick<OrchestratorMessageOf<'welcome'>, 'callId' | 'epoch' | 'recording'>
    room: Room
    /** Identity of the caller's participant. */
    caller: string
    voice: { listen(listener: SoundListener): void }
  }): void
  /** What the caller has said to it, before `begin` too. */
  consent(isGiven: boolean): void
  /** Writes the rest of it. */
  close(): Promise<void>
}

export interface CallRecordingOptions {
  readonly settings: { readonly spoolDir: string; readonly sink: SinkSettings }
  readonly send: RecorderOptions['send']
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** The recording of one job's part of a call. Its file's name is made of the call's id and the job's epoch. */
export function createCallRecording(options: CallRecordingOptions): CallRecording {
  const { settings, send, logger, signal } = options
  let recorder: Recorder | undefined
  let isGiven: boolean | undefined
  return {
    begin({ welcome, room, caller, voice }) {
      const { callId, epoch, recording } = welcome
      if (recording === undefined || isGiven === false || recorder) return
      const name = `${callId}-${epoch}.wav`
      const sink = createSink(settings.sink)
      const made = createRecorder({
        ...{ mode: isGiven ? 'on' : recording, folder: settings.spoolDir, name, send, logger },
        reference: sink.reference(name),
      })
      recorder = made
      listenToCaller(room, caller, {
        signal,
        onAudio: (pcm, { at }) => made.caller(pcm, { at, sampleRateHz: hearingRateHz }),
        onError: (error) => logger.warn({ err: error }, 'the caller is no longer recorded'),
      })
      voice.listen({
        given: (pcm, audio) => made.agent(pcm, audio),
        cut: (at) => made.agentCut(at),
      })
    },
    consent(given) {
      isGiven = given
      if (given) recorder?.allow()
      else recorder?.refuse()
    },
    close: async () => await recorder?.close(),
  }
}

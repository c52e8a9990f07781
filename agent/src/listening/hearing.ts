import { inBackground } from '@trunkline/runtime'
import type { EndOfTurnAnswer, EndOfTurnModel } from './end-of-turn-model.ts'
import type { Recognized, Recognizer } from './recognizer.ts'
import { createSteadyAudio } from './steady-audio.ts'
import type { HeardWindow, VoiceWindows } from './voice-windows.ts'

export interface HearingListener {
  window(window: HeardWindow): void
  recognized(recognized: Recognized): void
  endOfTurn(answer: EndOfTurnAnswer): void
}

export interface HearingOptions {
  readonly windows: VoiceWindows
  readonly model: EndOfTurnModel
  readonly recognizer: Recognizer
  readonly listener: HearingListener
  /** Nothing is heard any more. */
  readonly onError: (error: unknown) => void
}

/** The caller's audio on its way to the VAD, the end-of-turn model and the recogniser, and what they say of it. */
export interface Hearing {
  push(samples: Int16Array): void
  /** Asks whether the turn is over. */
  predict(language: string): void
  /** Asks the recogniser for what was said so far. */
  flush(): void
  /** A turn was taken. */
  forgetTurn(): void
  close(): Promise<void>
}

export function startHearing(options: HearingOptions): Hearing {
  const { windows, model, recognizer, listener, onError } = options
  let isClosed = false
  const background = {
    onError: (error: unknown) => {
      if (!isClosed) onError(error)
    },
  }
  const steady = createSteadyAudio({
    onAudio(samples) {
      windows.push(samples)
      model.push(samples)
      recognizer.push(samples)
    },
  })
  const watch = async () => {
    for await (const window of windows) listener.window(window)
  }
  const read = async () => {
    for await (const recognized of recognizer) listener.recognized(recognized)
  }
  inBackground(watch(), background)
  inBackground(read(), background)
  return {
    push: (samples) => steady.push(samples),
    predict(language) {
      const ask = async () => {
        const answer = await model.predict(language)
        if (answer && !isClosed) listener.endOfTurn(answer)
      }
      inBackground(ask(), background)
    },
    flush: () => recognizer.flush(),
    forgetTurn: () => model.forget(),
    async close() {
      if (isClosed) return
      isClosed = true
      steady.close()
      windows.close()
      await Promise.all([model.close(), recognizer.close()])
    },
  }
}

import type { Stage } from '../src/speaking/speaker.ts'
import type { Speech, SpeechFrame } from '../src/speaking/speech.ts'

/** A room of which the test is the loudspeaker: it plays as many frames as it is told to. */
export function createStage() {
  const speeches: TestSpeech[] = []
  const captions = new Map<string, string>()
  const stage: Stage = {
    play(speech) {
      speeches.push(new TestSpeech(speech))
    },
    drop(speech) {
      for (const played of speeches) if (played.speech === speech) played.isDropped = true
    },
    // Frames of what was cut are asked for no more: `TestSpeech.play` sees to it.
    skipCut() {},
    bargeInStopMs: () => 300,
  }
  return {
    stage,
    speeches,
    captions: {
      heard: (turnId: string, text: string) => void captions.set(turnId, text),
      ended: () => {},
    },
    caption: (turnId: string) => captions.get(turnId),
  }
}

class TestSpeech {
  readonly speech: Speech
  isDropped = false
  readonly #frames: AsyncIterator<SpeechFrame>

  constructor(speech: Speech) {
    this.speech = speech
    this.#frames = speech.frames()[Symbol.asyncIterator]()
  }

  /** Plays some frames, or all there are; then the speech is over. */
  async play(count = Number.POSITIVE_INFINITY): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const { done, value } = await this.#frames.next()
      if (done) {
        if (!this.isDropped) this.speech.over()
        return
      }
      if (value.isCut()) continue
      value.given()
      value.played()
    }
  }
}

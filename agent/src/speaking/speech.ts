import type { SpokenFrame } from './restart-point.ts'

/** A frame of 20 ms that knows whose it is, so that what was played can be told to the frame. */
export interface SpeechFrame extends SpokenFrame {
  readonly isInterruptible: boolean
  /** The words of its sentence. */
  readonly text: string
  /** Its sentence was cut off: it is heard no more. */
  isCut(): boolean
  /** It was handed to the room; once, also when it is repeated. */
  given(): void
  /** The room's source has sent it; once. */
  played(): void
}

/** What is said in one go. */
export interface Speech {
  /** Ends soon after the speech was dropped. */
  frames(): AsyncIterable<SpeechFrame>
  /** It was played to its end. Not called for what was dropped. */
  over(): void
}

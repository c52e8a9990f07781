import { stt } from '@livekit/agents'
import type { RivaSpeechData, Transcripts } from './transcript.ts'

/**
 * Turns what Riva says into LiveKit's events: one start and one end around each utterance, whatever
 * the connection beneath does. Keeps no time of its own.
 */
export class Utterance {
  readonly #tellEagerEnd: boolean
  readonly #requestId: () => string
  #interim: { speech: stt.SpeechData; changedAtMs: number } | undefined

  constructor(options: { tellEagerEnd: boolean; requestId: () => string }) {
    this.#tellEagerEnd = options.tellEagerEnd
    this.#requestId = options.requestId
  }

  /** Whether words were heard that no final holds yet. */
  get isOpen(): boolean {
    return this.#interim !== undefined
  }

  /** Since when the open interim says the same; undefined while nothing is open. */
  get unchangedSinceMs(): number | undefined {
    return this.#interim?.changedAtMs
  }

  update(
    { finals, interim, stability, isEagerEnd }: Transcripts,
    { nowMs, behindMs }: { nowMs: number; behindMs?: number | undefined },
  ): stt.SpeechEvent[] {
    const events = finals.flatMap(({ speech }) => this.#finish(speech, behindMs))
    if (!interim) return events
    if (!this.#interim) events.push({ type: stt.SpeechEventType.START_OF_SPEECH })
    if (this.#interim?.speech.text !== interim.text) {
      this.#interim = { speech: interim, changedAtMs: nowMs }
    }
    const { INTERIM_TRANSCRIPT, PREFLIGHT_TRANSCRIPT } = stt.SpeechEventType
    const type = isEagerEnd && this.#tellEagerEnd ? PREFLIGHT_TRANSCRIPT : INTERIM_TRANSCRIPT
    const best: RivaSpeechData = { ...interim, stability, behindMs }
    events.push({ type, alternatives: [best], requestId: this.#requestId() })
    return events
  }

  /** Takes the open interim as final, for a server that does not say so itself. */
  finishWithInterim(): stt.SpeechEvent[] {
    return this.#interim ? this.#finish(this.#interim.speech) : []
  }

  #finish(speech: stt.SpeechData, behindMs?: number): stt.SpeechEvent[] {
    const { START_OF_SPEECH, FINAL_TRANSCRIPT, END_OF_SPEECH } = stt.SpeechEventType
    const wasOpen = this.#interim !== undefined
    this.#interim = undefined
    const end = { type: END_OF_SPEECH }
    // An empty final takes an interim back; without one it says nothing at all.
    if (speech.text === '') return wasOpen ? [end] : []
    const best: RivaSpeechData = { ...speech, stability: 1, behindMs }
    return [
      ...(wasOpen ? [] : [{ type: START_OF_SPEECH }]),
      { type: FINAL_TRANSCRIPT, alternatives: [best], requestId: this.#requestId() },
      end,
    ]
  }
}

import type { SpeechFrame } from './speech.ts'

/** Our voice as turn-taking knows it. */
export interface VoiceState {
  readonly isSpeaking: boolean
  readonly isInterruptible: boolean
  /** What is being said, or was last, with the sentence before it: an echo comes late. */
  readonly text: string
}

export interface VoiceListener {
  /** Told at each change. Paused in the middle of a word it still speaks. */
  voice(state: VoiceState): void
  /** Samples that the caller's side was sent, ending at `endedAt` by `performance.now()`. */
  played(samples: Int16Array, endedAt: number): void
}

/** Tells those who listen what our voice does. */
export interface VoiceReport {
  listen(listener: VoiceListener): void
  speaks(frame: Pick<SpeechFrame, 'isInterruptible' | 'text' | 'startsSentence'>): void
  falls(): void
  played: VoiceListener['played']
  readonly isSpeaking: boolean
}

export function createVoiceReport(): VoiceReport {
  const listeners = new Set<VoiceListener>()
  let state: VoiceState = { isSpeaking: false, isInterruptible: true, text: '' }
  let sentence = ''
  let sentenceBefore = ''

  const tell = (next: VoiceState) => {
    const isSame =
      next.isSpeaking === state.isSpeaking &&
      next.isInterruptible === state.isInterruptible &&
      next.text === state.text
    if (isSame) return
    state = next
    for (const listener of listeners) listener.voice(next)
  }
  return {
    listen: (listener) => void listeners.add(listener),
    speaks({ isInterruptible, text, startsSentence }) {
      if (startsSentence && text !== sentence) {
        sentenceBefore = state.isSpeaking ? sentence : ''
        sentence = text
      }
      tell({ isSpeaking: true, isInterruptible, text: `${sentenceBefore} ${sentence}`.trim() })
    },
    falls: () => tell({ ...state, isSpeaking: false }),
    played(samples, endedAt) {
      for (const listener of listeners) listener.played(samples, endedAt)
    },
    get isSpeaking() {
      return state.isSpeaking
    },
  }
}

import type { OnMachine } from '@trunkline/contracts'
import type { AnswerVerdict, Beep, HeardWords, VoiceSpan } from './answer.ts'
import { type BeepFinder, createBeepFinder } from './find-beeps.ts'
import { judgeAnswer } from './judge-answer.ts'
import { type Opening, planOpening } from './plan-opening.ts'

/** Listens to who took the call that we placed, from the answer on. Times are `now()`'s milliseconds. */
export interface AnswerWatch {
  voiceStarted(at: number): void
  voiceEnded(at: number): void
  words(text: string, options: { isFinal: boolean }): void
  /** The callee's audio, whose last sample came just now. */
  audio(pcm: Int16Array, options: { sampleRateHz: number }): void
  close(): void
}

export interface AnswerListener {
  /** Called once. */
  answeredBy(verdict: AnswerVerdict): void
  /** Called for each change of plan; the last one is `greet`, `leave-message`, or silence until we hang up. */
  plan(opening: Exclude<Opening, 'listen'>): void
  /** Called once, after the last of both: nothing more is found, whatever is heard. */
  over(): void
}

export interface WatchAnswerOptions {
  readonly language: string
  readonly onMachine: OnMachine
  readonly listener: AnswerListener
  /** Milliseconds by a monotonic clock; `performance.now()`. */
  readonly now?: () => number
}

const tickMs = 40

/** Begins now: call it when the callee has answered. */
export function watchAnswer(options: WatchAnswerOptions): AnswerWatch {
  const { language, onMachine, listener, now = () => performance.now() } = options
  const startedAt = now()
  const voice: VoiceSpan[] = []
  const words: HeardWords[] = []
  const beeps: Beep[] = []
  let finder: { beeps: BeepFinder; sampleRateHz: number } | undefined
  let verdict: AnswerVerdict | undefined
  let planned: Opening = 'listen'

  const look = () => {
    const nowMs = now() - startedAt
    const heard = { voice, words, beeps }
    const found = verdict ?? judgeAnswer(heard, { nowMs, language })
    if (found && !verdict) {
      verdict = found
      listener.answeredBy(found)
    }
    const next = planOpening({ heard, verdict, onMachine }, { nowMs })
    if (next !== planned) {
      planned = next
      if (next !== 'listen') listener.plan(next)
    }
    if (verdict && planned !== 'stay-quiet') {
      clearInterval(timer)
      listener.over()
    }
  }
  const timer = setInterval(look, tickMs)

  return {
    voiceStarted(at) {
      if (voice.at(-1)?.endMs === undefined && voice.length > 0) return
      voice.push({ startMs: Math.max(0, at - startedAt) })
    },
    voiceEnded(at) {
      const last = voice.at(-1)
      if (last && last.endMs === undefined) {
        voice[voice.length - 1] = { ...last, endMs: Math.max(last.startMs, at - startedAt) }
      }
    },
    words(text, { isFinal }) {
      words.push({ atMs: now() - startedAt, text, isFinal })
    },
    audio(pcm, { sampleRateHz }) {
      if (finder?.sampleRateHz !== sampleRateHz) {
        const startMs = now() - startedAt - (pcm.length * 1000) / sampleRateHz
        finder = { beeps: createBeepFinder({ sampleRateHz, startMs }), sampleRateHz }
      }
      beeps.push(...finder.beeps.push(pcm))
    },
    close: () => clearInterval(timer),
  }
}

import type { AgentMessageOf } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import type { Send } from '../channel/outgoing.ts'

type Turn = AgentMessageOf<'turn'>
type Word = NonNullable<Turn['words']>[number]

export interface FinalTranscript {
  readonly text: string
  readonly language: string
  readonly confidence: number
  readonly words?: readonly Word[]
}

/** What the end-of-turn model said of the turn under way. */
export interface EndOfTurnPrediction {
  readonly probability: number
  readonly threshold: number
}

/** What a spoken turn carries beside its text. */
type HeardTurn = Pick<Turn, 'language' | 'words' | 'speechEndedAt' | 'endOfTurn'> & {
  readonly asrFinalMs?: number
}

/** Follows what the caller says: reports it, and gathers what a turn will carry. */
export interface Listening {
  speechStarted(onsetAt: number): void
  speechEnded(endedAt: number, options: { speechMs: number }): void
  interim(text: string, language: string): void
  final(transcript: FinalTranscript): void
  predicted(prediction: EndOfTurnPrediction): void
  /** The turn is over: takes what was gathered for it. */
  takeTurn(): HeardTurn
  /** Last speech start by VAD, on `performance.now()`'s clock. */
  readonly onsetAt: number | undefined
}

export interface ListeningOptions {
  readonly language: string
  readonly send: Send
  readonly now?: () => number
}

export function createListening({ language, send, now = epochNow }: ListeningOptions): Listening {
  let spoken = language
  let onsetAt: number | undefined
  let endedAt: number | undefined
  let asrFinalMs: number | undefined
  let prediction: EndOfTurnPrediction | undefined
  let words: Word[] = []

  return {
    get onsetAt() {
      return onsetAt
    },
    speechStarted(at) {
      onsetAt = at
      endedAt = undefined
      prediction = undefined
      send({ type: 'speech-start' })
    },
    speechEnded(at, { speechMs }) {
      endedAt = at
      send({ type: 'speech-end', speechMs })
    },
    interim(text, heardLanguage) {
      send({ type: 'transcript-interim', text, language: heardLanguage || spoken })
    },
    final({ text, language: heardLanguage, confidence, words: newWords }) {
      spoken = heardLanguage || spoken
      // While the caller is still speaking there is no end to count from.
      asrFinalMs = endedAt === undefined ? 0 : Math.max(0, now() - endedAt)
      if (newWords) words.push(...newWords)
      send({
        ...{ type: 'transcript-final', text, language: spoken, confidence, asrFinalMs },
        ...(newWords && newWords.length > 0 && { words: [...newWords] }),
      })
    },
    predicted(next) {
      prediction = next
    },
    takeTurn() {
      const turn: HeardTurn = {
        language: spoken,
        endOfTurn: toEndOfTurn(prediction, endedAt === undefined ? undefined : now() - endedAt),
        ...(endedAt !== undefined && { speechEndedAt: endedAt }),
        ...(asrFinalMs !== undefined && { asrFinalMs }),
        ...(words.length > 0 && { words }),
      }
      words = []
      asrFinalMs = undefined
      prediction = undefined
      return turn
    },
  }
}

/** Above its threshold the model ended the turn; below, the longest wait did; without a prediction, silence. */
export function toEndOfTurn(
  prediction: EndOfTurnPrediction | undefined,
  delayMs: number | undefined,
): Turn['endOfTurn'] {
  const delay = delayMs === undefined ? {} : { delayMs }
  if (!prediction) return { reason: 'silence', ...delay }
  const { probability, threshold } = prediction
  return { reason: probability >= threshold ? 'model' : 'max-delay', probability, ...delay }
}

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

/** Why a spoken turn is over, and since when its last sample is voiced; epoch milliseconds. */
export interface TurnEnd {
  readonly reason: Turn['endOfTurn']['reason']
  readonly endedAt?: number
  readonly probability?: number
}

/** What a spoken turn carries beside its text. */
export type HeardTurn = Pick<Turn, 'language' | 'words' | 'speechEndedAt' | 'endOfTurn'> & {
  readonly asrFinalMs?: number
}

/** Follows what the caller says: reports it, and gathers what a turn will carry. Times are epoch milliseconds. */
export interface Listening {
  speechStarted(): void
  speechEnded(endedAt: number, options: { speechMs: number }): void
  interim(text: string, language: string): void
  final(transcript: FinalTranscript): void
  /** What was gathered so far, for a turn that may yet go on. */
  peekTurn(end: TurnEnd): HeardTurn
  /** The turn is over: takes what was gathered for it. */
  takeTurn(end: TurnEnd): HeardTurn
  /** As the recogniser heard it last; the line's own before. */
  readonly language: string
}

export interface ListeningOptions {
  readonly language: string
  readonly send: Send
  readonly now?: () => number
}

export function createListening({ language, send, now = epochNow }: ListeningOptions): Listening {
  let spoken = language
  let endedAt: number | undefined
  let finalAt: number | undefined
  let words: Word[] = []

  const gather = ({ reason, probability, endedAt: turnEndedAt }: TurnEnd): HeardTurn => ({
    language: spoken,
    endOfTurn: {
      reason,
      ...(probability !== undefined && { probability }),
      ...(turnEndedAt !== undefined && { delayMs: now() - turnEndedAt }),
    },
    ...(turnEndedAt !== undefined && { speechEndedAt: turnEndedAt }),
    ...(turnEndedAt !== undefined &&
      finalAt !== undefined && { asrFinalMs: Math.max(0, finalAt - turnEndedAt) }),
    ...(words.length > 0 && { words: [...words] }),
  })

  return {
    get language() {
      return spoken
    },
    speechStarted() {
      endedAt = undefined
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
      finalAt = now()
      // While the caller is still speaking there is no end to count from.
      const asrFinalMs = endedAt === undefined ? 0 : Math.max(0, finalAt - endedAt)
      if (newWords) words.push(...newWords)
      send({
        ...{ type: 'transcript-final', text, language: spoken, confidence, asrFinalMs },
        ...(newWords && newWords.length > 0 && { words: [...newWords] }),
      })
    },
    peekTurn: gather,
    takeTurn(end) {
      const turn = gather(end)
      words = []
      finalAt = undefined
      return turn
    },
  }
}

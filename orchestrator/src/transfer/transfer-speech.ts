import { randomUUID } from 'node:crypto'
import type { CallEvent, Line } from '@trunkline/contracts'
import type { Journal } from '../calls/journal.ts'
import { toLineSpeech } from '../calls/speech.ts'
import type { SayDraft } from '../calls/to-agent.ts'
import { type TransferWord, toPlaceWords, toTransferWords } from './words.ts'

/** What is said around a transfer: to the end, in the caller's language. */
export interface TransferSpeech {
  say(word: TransferWord | { readonly place: number }): void
  /** Resolves when it has been heard, or nobody has played it in time. @throws the reason of `signal` */
  heard(word: TransferWord, options: { signal: AbortSignal }): Promise<void>
  noteEvent(event: CallEvent): void
}

export interface TransferSpeechDeps {
  readonly line: Line
  readonly journal: Pick<Journal, 'record'>
  readonly say: (draft: SayDraft) => void
}

/** Longer than the longest reply that is still being played before it. */
const heardMs = 45_000

export function createTransferSpeech({ line, journal, say }: TransferSpeechDeps): TransferSpeech {
  const waiting = new Map<string, () => void>()
  const send = (word: TransferWord | { readonly place: number }) => {
    const { language: chosen, turns } = journal.record
    const { language, voice } = toLineSpeech(line, chosen ?? turns.at(-1)?.language)
    const text =
      typeof word === 'string'
        ? toTransferWords(word, { line, language })
        : toPlaceWords(word.place, { line, language })
    const turnId = `transfer-${randomUUID()}`
    const spoken = { turnId, index: 0, text, language, voice, kind: 'prompt' } as const
    say({ ...spoken, interruptible: false, last: true })
    return turnId
  }
  return {
    say: (word) => void send(word),
    async heard(word, { signal }) {
      signal.throwIfAborted()
      const turnId = send(word)
      await new Promise<void>((resolve) => {
        const finish = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          waiting.delete(turnId)
          resolve()
        }
        const timer = setTimeout(finish, heardMs)
        waiting.set(turnId, finish)
        signal.addEventListener('abort', finish, { once: true })
      })
      signal.throwIfAborted()
    },
    noteEvent(event) {
      if (event.type === 'heard') waiting.get(event.turnId)?.()
    },
  }
}

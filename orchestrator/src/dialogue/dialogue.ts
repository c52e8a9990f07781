import type { Line } from '@trunkline/contracts'
import type { Awaited } from '../turns/expectations.ts'

/** What was said and done in a call so far, oldest first: the authoritative history. */
export type HistoryItem =
  | { readonly kind: 'caller'; readonly text: string }
  /** `text` is what was really played, never more. */
  | { readonly kind: 'agent'; readonly text: string }
  | {
      readonly kind: 'tool'
      readonly toolCallId: string
      readonly name: string
      readonly arguments: Readonly<Record<string, unknown>>
      readonly ok: boolean
      readonly result: unknown
    }

export interface DialogueTurn {
  readonly callId: string
  readonly turnId: string
  /** The call's fencing number; an effect is written only while it is the newest. */
  readonly epoch: number
  readonly line: Line
  readonly language: string
  readonly text: string
  /** Without this turn's own text. */
  readonly history: readonly HistoryItem[]
  /** What another process has already said and done in this very turn, in order: the reply goes on behind it. */
  readonly progress?: readonly HistoryItem[]
  /** What a colleague tells the agent, unheard by the caller; for this reply. */
  readonly hints?: readonly string[]
}

export interface Usage {
  readonly promptTokens: number
  readonly completionTokens: number
  readonly totalTokens: number
}

export type DialogueEvent =
  /** First content or tool delta of the turn's first model call. */
  | { readonly type: 'first-token'; readonly model: string; readonly ttftMs: number }
  /** A sentence or first clause, ready to be spoken. */
  | {
      readonly type: 'sentence'
      readonly text: string
      /** Words of ours that are the same in every call: nothing of the caller's is in them. */
      readonly isFixed?: boolean
    }
  | {
      readonly type: 'tool-called'
      readonly toolCallId: string
      readonly name: string
      readonly arguments: Readonly<Record<string, unknown>>
    }
  | {
      readonly type: 'tool-finished'
      readonly toolCallId: string
      readonly name: string
      readonly ok: boolean
      readonly result: unknown
      /** What the reply asks the caller for, whatever its words are. */
      readonly awaits?: Awaited
    }
  /** The model asked to end the call; it takes effect after the goodbye has been played. */
  | { readonly type: 'end-call'; readonly reason: string }
  | {
      readonly type: 'finished'
      readonly model: string
      readonly totalMs: number
      readonly usage?: Usage
    }

export interface StreamTurnOptions {
  readonly signal: AbortSignal
  /** What the caller has entered as secret: tools get it where the model writes its mask. Asked for at each call. */
  readonly secret?: () => string | undefined
  /**
   * Set for a turn that may turn out to be none: tools that are not read-only wait until it resolves. The turn is
   * stopped by `signal`, never by a rejection of this.
   */
  readonly certain?: Promise<void>
  /** Called before each request to the model, with what it is about to read: an estimate, in tokens. */
  readonly onAsked?: (asked: { readonly model: string; readonly promptTokens: number }) => void
}

/** Turns one caller turn into sentences and tool calls. */
export interface Dialogue {
  /**
   * Streams the reply; ends after `finished`. An abort of `signal` stops the model at once and leaves no
   * effect that was not yet pending. One that was is waited for a little: its `tool-finished` still comes before
   * the abort's reason is thrown.
   * @throws {LlmError} when the model cannot answer
   */
  streamTurn(turn: DialogueTurn, options: StreamTurnOptions): AsyncIterable<DialogueEvent>
}

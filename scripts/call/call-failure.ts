export type CallFailureCode =
  | 'not-ready'
  | 'not-answered'
  | 'no-greeting'
  | 'no-reply'
  | 'ended-early'
  | 'stopped'

/** Why a call did not go as asked; the message is for people and holds no transcript. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure'
  readonly code: CallFailureCode

  constructor(code: CallFailureCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

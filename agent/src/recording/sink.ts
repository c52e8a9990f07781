/** Where recordings are kept for as long as the line wants. */
export interface RecordingSink {
  /** What the call's record names a recording by. */
  reference(name: string): string
  /** The name that the reference was made of. @throws {SinkError} when it is not of this sink */
  nameOf(reference: string): string
  /** Keeps the file under its name; the same name again replaces it. @throws {SinkError} */
  put(name: string, file: string, options: { signal: AbortSignal }): Promise<void>
  /**
   * Removes what the reference names; what is not there is removed already. True when it was there, undefined where the
   * storage does not say. @throws {SinkError}
   */
  remove(reference: string, options: { signal: AbortSignal }): Promise<boolean | undefined>
  close(): Promise<void>
}

export class SinkError extends Error {
  override name = 'SinkError'
  readonly code: 'refused' | 'unreachable' | 'foreign-reference'

  constructor(code: SinkError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

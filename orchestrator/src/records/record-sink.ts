import type { EncodeEvent, RecordedEvent } from './encode-event.ts'

/** What the call store does for the records (docs/decisions/0006). All of it is synchronous and never throws. */
export interface RecordSink {
  /**
   * The field `entry` of the stream `records`, added in the same transaction as the event itself; undefined when the
   * event is not recorded.
   */
  readonly encode: EncodeEvent
  /** Redis did not take these: they are written to disk, each once, in case this process dies before it does. */
  spill(waiting: readonly RecordedEvent[]): void
  /** Redis has everything: what was spilled is of no use any more. */
  written(): void
}

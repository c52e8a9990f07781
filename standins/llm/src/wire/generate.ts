import type { Knobs } from '../knobs/knobs.ts'
import type { Delta, Generation } from './deltas.ts'
import { type Pace, untilAborted, untilDue } from './pace.ts'

/** The connection is to be cut here, on request. */
export class CutError extends Error {
  override readonly name = 'CutError'
}

/**
 * Yields a generation's deltas as they become due.
 * @throws {CutError} when the knobs say so; the signal's reason when it aborts
 */
export async function* streamDeltas(
  generation: Generation,
  options: {
    pace: Pace
    knobs: Pick<Knobs, 'stallAfterTokens' | 'cutAfterTokens'>
    signal: AbortSignal
  },
): AsyncGenerator<Delta> {
  const { pace, knobs, signal } = options
  const startedAt = performance.now()
  const last = generation.deltas.length
  for (let index = 0; index <= last; index += 1) {
    await untilDue(Math.min(index, Math.max(last - 1, 0)), { pace, startedAt, signal })
    if (index === knobs.cutAfterTokens) throw new CutError('cut on request')
    if (index === knobs.stallAfterTokens) await untilAborted(signal)
    const delta = generation.deltas[index]
    if (delta) yield delta
  }
}

/**
 * Reads `source` at once, at most `maxBytes` ahead of its consumer, so that audio is at hand when its turn to be
 * played comes. For one consumer. What `source` throws is thrown after what came before it.
 */
export interface ReadAhead extends AsyncIterable<Uint8Array> {
  /** Bytes that have arrived. */
  readonly bytes: number
  /** True when nothing more will arrive. */
  readonly complete: boolean
}

export function readAhead(
  source: AsyncIterable<Uint8Array>,
  { maxBytes }: { maxBytes: number },
): ReadAhead {
  const pieces: Uint8Array[] = []
  let held = 0
  let bytes = 0
  let state: { kind: 'reading' } | { kind: 'ended' } | { kind: 'failed'; error: unknown } = {
    kind: 'reading',
  }
  let stopped = false
  let wakeReader: (() => void) | undefined
  let wakeConsumer: (() => void) | undefined

  const read = async () => {
    try {
      for await (const piece of source) {
        if (stopped) return
        pieces.push(piece)
        held += piece.byteLength
        bytes += piece.byteLength
        wakeConsumer?.()
        while (held >= maxBytes && !stopped) {
          await new Promise<void>((resolve) => {
            wakeReader = resolve
          })
        }
      }
      state = { kind: 'ended' }
    } catch (error) {
      state = { kind: 'failed', error }
    }
    wakeConsumer?.()
  }
  void read()

  return {
    get bytes() {
      return bytes
    },
    get complete() {
      return state.kind !== 'reading'
    },
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          const piece = pieces.shift()
          if (piece) {
            held -= piece.byteLength
            wakeReader?.()
            yield piece
          } else if (state.kind === 'failed') {
            throw state.error
          } else if (state.kind === 'ended') {
            return
          } else {
            await new Promise<void>((resolve) => {
              wakeConsumer = resolve
            })
          }
        }
      } finally {
        stopped = true
        pieces.length = 0
        wakeReader?.()
      }
    },
  }
}

import { joinSignals, retry } from '@trunkline/runtime'
import type { LlmChunk, LlmClient, LlmRequest } from './llm-client.ts'
import type { LlmTimeouts } from './llm-config.ts'
import { LlmError } from './llm-error.ts'

const attempts = 3
const baseDelayMs = 150
const maxDelayMs = 1500

export interface OpenStreamOptions {
  readonly signal: AbortSignal
  readonly timeouts: Pick<LlmTimeouts, 'firstTokenMs' | 'stallMs'>
  readonly onRetry: (error: LlmError) => void
}

/**
 * Asks the model and streams its answer from the first content on. Before that a failed request is made again,
 * with jitter; after that nothing is, for the caller may have heard it.
 * @throws {LlmError}; an abort of `signal` throws its reason
 */
export async function* openStream(
  llm: LlmClient,
  request: LlmRequest,
  { signal, timeouts, onRetry }: OpenStreamOptions,
): AsyncGenerator<LlmChunk> {
  const opened = await retry(() => openOnce(llm, request, { signal, timeouts }), {
    attempts,
    baseDelayMs,
    maxDelayMs,
    signal,
    isRetryable: (error) => {
      if (!(error instanceof LlmError) || !error.retryable) return false
      onRetry(error)
      return true
    },
  })
  yield* opened
}

/** Resolves when the first content is there, with the whole stream. */
async function openOnce(
  llm: LlmClient,
  request: LlmRequest,
  { signal, timeouts }: Pick<OpenStreamOptions, 'signal' | 'timeouts'>,
): Promise<AsyncGenerator<LlmChunk>> {
  const watch = createStallWatch(signal)
  const chunks = llm.stream(request, { signal: watch.signal })[Symbol.asyncIterator]()
  const head: LlmChunk[] = []
  watch.expectWithin(timeouts.firstTokenMs)
  try {
    for (;;) {
      const next = await chunks.next()
      if (next.done) break
      head.push(next.value)
      if (hasContent(next.value)) break
    }
    watch.pause()
    if (!head.some(({ finishReason }) => finishReason) && !head.some(hasContent)) {
      throw new LlmError('cut-off')
    }
  } catch (error) {
    watch.close()
    throw error
  }
  return continueStream({ head, chunks, watch, stallMs: timeouts.stallMs })
}

async function* continueStream({
  head,
  chunks,
  watch,
  stallMs,
}: {
  head: readonly LlmChunk[]
  chunks: AsyncIterator<LlmChunk>
  watch: StallWatch
  stallMs: number
}): AsyncGenerator<LlmChunk> {
  let isFinished = false
  try {
    for (const chunk of head) {
      if (chunk.finishReason) isFinished = true
      yield chunk
    }
    for (;;) {
      // Only the server's silence counts, not the time the reader takes.
      watch.expectWithin(stallMs)
      const next = await chunks.next()
      watch.pause()
      if (next.done) break
      if (next.value.finishReason) isFinished = true
      yield next.value
    }
    // A connection that ends without a finish reason was cut, however politely.
    if (!isFinished) throw new LlmError('cut-off')
  } finally {
    watch.close()
    await chunks.return?.()
  }
}

function hasContent({ text, toolCalls }: LlmChunk): boolean {
  return text !== '' || toolCalls.length > 0
}

interface StallWatch {
  readonly signal: AbortSignal
  expectWithin(ms: number): void
  pause(): void
  /** Also stops the request if it still runs. */
  close(): void
}

/** A signal that aborts with the outer one, or with a `timeout` when nothing comes in time. */
function createStallWatch(outer: AbortSignal): StallWatch {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const pause = () => clearTimeout(timer)
  const { signal } = joinSignals([outer, controller.signal])
  return {
    signal,
    expectWithin(ms) {
      pause()
      timer = setTimeout(() => controller.abort(new LlmError('timeout')), ms)
    },
    pause,
    close() {
      pause()
      controller.abort()
    },
  }
}

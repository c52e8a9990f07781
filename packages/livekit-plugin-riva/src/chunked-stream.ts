import { randomUUID } from 'node:crypto'
import { type APIConnectOptions, DEFAULT_API_CONNECT_OPTIONS, tts } from '@livekit/agents'
import { AudioFrame } from '@livekit/rtc-node'
import {
  type DeepPartial,
  RivaError,
  type RivaSpeechSynthesisClient,
  type SynthesizeSpeechRequest,
} from '@trunkline/riva'
import { toApiError } from './errors.ts'
import { passAbort } from './pass-abort.ts'
import { PcmFramer } from './pcm-framer.ts'

const frameMs = 20

export interface ChunkedStreamDeps {
  readonly tts: Pick<RivaSpeechSynthesisClient, 'synthesizeOnline'>
  /** Everything but the text. */
  readonly request: DeepPartial<SynthesizeSpeechRequest>
  readonly sampleRateHz: number
}

/**
 * One text's speech, over one `SynthesizeOnline` with one request (Riva before 2026-03 takes no
 * second one). Leaving the iteration, `close()` or the abort signal cancel the call.
 */
export class ChunkedStream extends tts.ChunkedStream {
  label = 'riva.ChunkedStream'
  readonly #deps: ChunkedStreamDeps
  readonly #timeoutMs: number

  constructor(
    text: string,
    owner: tts.TTS,
    options: { deps: ChunkedStreamDeps; connOptions?: APIConnectOptions; signal?: AbortSignal },
  ) {
    super(text, owner, options.connOptions, options.signal)
    this.#deps = options.deps
    this.#timeoutMs = (options.connOptions ?? DEFAULT_API_CONNECT_OPTIONS).timeoutMs
    // The base class listens for an abort to come, not for one that came before.
    if (options.signal?.aborted) this.abortController.abort(options.signal.reason)
  }

  /** What `break` in a `for await` calls; the base class has none, and synthesis would go on. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.close()
    return { done: true, value: undefined }
  }

  protected async run(): Promise<void> {
    // Nothing in it can be spoken, and some voices fail on punctuation alone.
    if (!/[\p{L}\p{N}]/u.test(this.inputText)) return
    const { sampleRateHz, request } = this.#deps
    const requestId = randomUUID()
    const framer = new PcmFramer({ sampleRateHz, frameMs })
    const deadline = createDeadline(this.#timeoutMs)
    const { signal } = deadline.controller
    const release = passAbort([this.abortSignal], deadline.controller)
    // One frame is held back, so that the last one can be marked as such.
    let held: Int16Array | undefined
    let isPlayed = false
    const put = (samples: Int16Array, final: boolean) => {
      if (this.queue.closed) return
      isPlayed = true
      const frame = new AudioFrame(samples, sampleRateHz, 1, samples.length)
      this.queue.put({ requestId, segmentId: requestId, frame, final })
    }
    try {
      signal.throwIfAborted()
      const full = { ...request, id: { value: requestId }, text: this.inputText }
      for await (const { audio } of this.#deps.tts.synthesizeOnline(once(full), { signal })) {
        deadline.extend()
        for (const samples of framer.push(audio)) {
          if (held) put(held, false)
          held = samples
        }
      }
      const rest = framer.flush()
      if (held && rest) put(held, false)
      const last = rest ?? held
      if (!last) throw new RivaError({ code: 'internal', retryable: true })
      put(last, true)
    } catch (error) {
      if (this.abortSignal.aborted) return
      // What was played must not be played again.
      throw toApiError(signal.aborted ? signal.reason : error, isPlayed ? { retryable: false } : {})
    } finally {
      deadline.clear()
      release()
    }
  }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}

/** Aborts when nothing came for `ms`. */
function createDeadline(ms: number) {
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(new RivaError({ code: 'timeout', retryable: true })),
    ms,
  )
  return {
    controller,
    extend: () => {
      timer.refresh()
    },
    clear: () => clearTimeout(timer),
  }
}

import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

export type { Span } from '@opentelemetry/api'

/** Spans of this name are exported, and no library's: those may hold what a caller said. */
export const tracerName = 'trunkline'

/**
 * Where a span belongs: under another one of this process, or under the `traceparent` of another's (W3C Trace Context).
 * Without one it is under the span of ours that the code runs in, and where there is none nothing is recorded;
 * `null`: a trace of its own.
 */
export type SpanParent = Span | string | null | undefined

export interface SpanOptions {
  readonly parent?: SpanParent
  /** Epoch milliseconds; now by default. */
  readonly startAt?: number
  /** Ids, names of engines and figures; never what was said, and no number that was called. */
  readonly attributes?: Attributes
}

/** A span that the caller ends. Nothing is recorded unless `@trunkline/telemetry/register` has been loaded. */
export function startSpan(name: string, { parent, startAt, attributes }: SpanOptions = {}): Span {
  const under = contextOf(parent)
  if (!under) return unrecorded
  return trace.getTracer(tracerName).startSpan(
    name,
    {
      ...(startAt !== undefined && { startTime: startAt }),
      ...(attributes && { attributes }),
    },
    under,
  )
}

/** A span of the past, from `startAt` to `endAt`. */
export function recordSpan(
  name: string,
  { endAt, ...options }: SpanOptions & { readonly endAt: number },
): void {
  startSpan(name, options).end(Math.max(endAt, options.startAt ?? endAt))
}

/** What goes to another service as `traceparent`; undefined when nothing is traced. */
export function traceparentOf(span: Span): string | undefined {
  const { traceId, spanId, traceFlags } = span.spanContext()
  if (!isSpanContextValid(span.spanContext())) return undefined
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

/** As {@link traceparentOf}, of the span that the code runs in. */
export function activeTraceparent(): string | undefined {
  const span = isOurs(context.active()) ? trace.getActiveSpan() : undefined
  return span && traceparentOf(span)
}

/** Headers by which another service goes on with the trace; none when nothing is traced. */
export function traceHeaders(): Record<string, string> {
  const traceparent = activeTraceparent()
  return traceparent === undefined ? {} : { traceparent }
}

/** Does `work` so that the spans which it begins, then or later, belong to `span`. */
export function within<T>(span: Span, work: () => T): T {
  return context.with(enter(span), work)
}

/** Does `work` within a span, which ends with it, and with an error when it throws. */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = startSpan(name, options)
  try {
    return await within(span, () => work(span))
  } catch (error) {
    fail(span, error)
    throw error
  } finally {
    span.end()
  }
}

/** As {@link inSpan}, for a stream: the span ends with it, and its source runs within it. */
export async function* streamInSpan<T>(
  name: string,
  options: SpanOptions,
  open: () => AsyncIterable<T>,
): AsyncGenerator<T> {
  const span = startSpan(name, options)
  let source: AsyncIterator<T> | undefined
  let isOver = false
  try {
    source = within(span, () => open()[Symbol.asyncIterator]())
    for (;;) {
      const from = source
      const next = await within(span, () => from.next())
      if (next.done) {
        isOver = true
        return
      }
      yield next.value
    }
  } catch (error) {
    isOver = true
    fail(span, error)
    throw error
  } finally {
    if (!isOver) await source?.return?.()
    span.end()
  }
}

/** Sends what has ended, for a process that is about to exit; gives up after `timeoutMs`. */
export async function flushTraces(timeoutMs: number): Promise<void> {
  const provider = trace.getTracerProvider()
  const real: object = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider
  if (!('forceFlush' in real) || typeof real.forceFlush !== 'function') return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  })
  const flushed = Promise.resolve(real.forceFlush()).catch(() => undefined) // nobody takes traces: the call matters more
  await Promise.race([flushed, late])
  clearTimeout(timer)
}

const traceparentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

/** Libraries have spans of their own under way, which are not exported: nothing of ours belongs under those. */
const oursKey = createContextKey('trunkline')
const isOurs = (candidate: Context) => candidate.getValue(oursKey) === true
const enter = (span: Span) =>
  trace.setSpan(context.active(), span).setValue(oursKey, isSpanContextValid(span.spanContext()))
const unrecorded = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)

function contextOf(parent: SpanParent): Context | undefined {
  if (parent === undefined) return isOurs(context.active()) ? context.active() : undefined
  if (parent === null) return ROOT_CONTEXT
  if (typeof parent !== 'string') return trace.setSpan(ROOT_CONTEXT, parent)
  const [, traceId = '', spanId = '', flags = '0'] = traceparentPattern.exec(parent) ?? []
  const remote = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  // What comes from outside and is not understood begins a trace of its own (W3C Trace Context, 4.3).
  return isSpanContextValid(remote) ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT
}

/** An abort is no failure. Messages stay out: they may hold what was said. */
function fail(span: Span, error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return
  span.setStatus({ code: SpanStatusCode.ERROR })
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  span.setAttribute('error.type', code ?? (error instanceof Error ? error.name : 'unknown'))
}

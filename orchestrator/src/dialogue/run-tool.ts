import { joinSignals } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { PreparedCall, Tool, ToolContext, ToolResult } from './tool.ts'

/** How long an aborted turn still waits for an effect that is under way, so that the next one knows it. */
const effectGraceMs = 2500

export interface RunToolOptions {
  readonly context: Omit<ToolContext, 'signal'>
  /** The turn's. */
  readonly signal: AbortSignal
  readonly toolMs: number
  readonly logger: Logger
  /** The tool has an effect and came to an end when nobody waited any more. */
  readonly onLate: (result: ToolResult) => void
}

/**
 * Runs a tool within its time. Whatever goes wrong is a result the model can speak about; only an abort of the
 * turn is thrown. A tool with an effect that is under way then is waited for a little and its result returned,
 * in spite of the abort; after that it goes on by itself and ends in `onLate`.
 */
export async function runTool(
  tool: Tool,
  prepared: Extract<PreparedCall, { ok: true }>,
  { context, signal, toolMs, logger, onLate }: RunToolOptions,
): Promise<ToolResult> {
  signal.throwIfAborted()
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), toolMs)
  const limited = joinSignals([signal, timeout.signal])
  const running = settle(prepared.run({ ...context, signal: limited.signal }), { tool, logger })
  let outcome = await Promise.race([running, abortOf(limited.signal)])
  clearTimeout(timer)
  limited.release()
  if (outcome === 'stopped' && tool.hasEffect && signal.aborted) {
    outcome = await Promise.race([running, pause(effectGraceMs)])
  }
  if (outcome === 'stopped' && tool.hasEffect) {
    void running.then((late) => {
      if (late !== 'aborted') onLate(late)
    })
  }
  if (outcome !== 'stopped' && outcome !== 'aborted') return outcome
  signal.throwIfAborted()
  logger.warn({ tool: tool.name, toolMs }, 'tool took too long')
  return { ok: false, result: timeoutResult(tool) }
}

function abortOf(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('stopped')
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true })
  })
}

function pause(ms: number): Promise<'stopped'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('stopped'), ms).unref()
  })
}

/** Never rejects. `aborted`: the tool gave up because of its signal and has done nothing. */
async function settle(
  running: Promise<ToolResult>,
  { tool, logger }: { tool: Tool; logger: Logger },
): Promise<ToolResult | 'aborted'> {
  try {
    return await running
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return 'aborted'
    // Errors of drivers repeat the arguments: only what kind they are is logged.
    const kind = error instanceof Error ? error.name : typeof error
    logger.error({ tool: tool.name, kind, pii: { detail: String(error) } }, 'tool failed')
    const message = tool.hasEffect
      ? 'this does not work at the moment; do not claim that it was done'
      : 'this does not work at the moment'
    return { ok: false, result: { error: 'unavailable', message } }
  }
}

function timeoutResult(tool: Tool): Readonly<Record<string, unknown>> {
  return tool.hasEffect
    ? { error: 'outcome_unknown', message: 'it took too long; it is not known whether it was done' }
    : { error: 'timeout', message: 'it took too long' }
}

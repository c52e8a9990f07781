import type { Progress } from '../progress.ts'
import type { PartSpec, Supervisor } from './supervisor.ts'

/**
 * Starts every part as soon as those it needs are ready, the others meanwhile. The first failure stops the
 * starting of the rest.
 * @throws what the first part that failed threw
 */
export async function startParts(
  parts: readonly PartSpec[],
  options: { supervisor: Supervisor; progress: Progress; signal: AbortSignal },
): Promise<void> {
  const { supervisor, progress, signal } = options
  const failed = new AbortController()
  const limited = AbortSignal.any([signal, failed.signal])
  supervisor.death.catch((error: unknown) => failed.abort(error))
  const ready = new Map<string, Promise<void>>()
  const start = async (part: PartSpec) => {
    await Promise.all(part.needs.map((name) => ready.get(name)))
    limited.throwIfAborted()
    await progress.step(part.name, () => supervisor.start(part, { signal: limited }))
  }
  for (const part of parts) {
    const started = start(part)
    started.catch((error: unknown) => failed.abort(error))
    ready.set(part.name, started)
  }
  await Promise.allSettled(ready.values())
  limited.throwIfAborted()
}

import { setTimeout as sleep } from 'node:timers/promises'

export interface StopStep {
  readonly signal: NodeJS.Signals
  /** How long the group may take before the next step, in milliseconds. */
  readonly graceMs: number
}

/** SIGKILL follows when the last step did not help. */
export const defaultStopSteps: readonly StopStep[] = [{ signal: 'SIGTERM', graceMs: 8000 }]

/** True while any process of the group lives: the leader, or what it started and left behind. */
export function groupIsAlive(leaderPid: number): boolean {
  return signalGroup(leaderPid, 0)
}

/** False when the group has ended. */
export function signalGroup(leaderPid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leaderPid, signal)
    return true
  } catch (error) {
    // EPERM: a member runs as another user, or (on macOS) is a zombie nobody has reaped yet.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' && signal !== 0
  }
}

export interface EndGroupOptions {
  readonly steps?: readonly StopStep[]
  /** When it aborts, SIGKILL follows at once. */
  readonly hurry?: AbortSignal
}

/** Ends a whole process group: each step's signal in turn, then SIGKILL. Resolves when it is gone. */
export async function endGroup(leaderPid: number, options: EndGroupOptions = {}): Promise<void> {
  const { steps = defaultStopSteps, hurry } = options
  for (const { signal, graceMs } of steps) {
    if (hurry?.aborted || !signalGroup(leaderPid, signal)) break
    if (await groupEnds(leaderPid, { withinMs: graceMs, ...(hurry && { signal: hurry }) })) return
  }
  signalGroup(leaderPid, 'SIGKILL')
  await groupEnds(leaderPid, { withinMs: 5000 })
}

async function groupEnds(
  leaderPid: number,
  { withinMs, signal }: { withinMs: number; signal?: AbortSignal },
): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs
  while (groupIsAlive(leaderPid)) {
    if (signal?.aborted || performance.now() > giveUpAt) return false
    await sleep(20)
  }
  return true
}

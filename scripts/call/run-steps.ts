import { setTimeout as sleep } from 'node:timers/promises'
import { epochNow } from '@trunkline/runtime'
import { type AgentWatch, toSpoken } from './agent-watch.ts'
import type { Line } from './line.ts'
import type { ReadyStep } from './prepare-steps.ts'

export interface StepsOutcome {
  /** Packets with the first voiced sample of each interruption, epoch milliseconds. */
  readonly interruptionsAt: readonly number[]
}

/** Does one step after the other, each when the agent has finished; an interruption while it speaks. */
export async function runSteps(
  steps: readonly ReadyStep[],
  { line, watch, signal }: { line: Line; watch: AgentWatch; signal: AbortSignal },
): Promise<StepsOutcome> {
  const interruptionsAt: number[] = []
  if (steps[0]?.kind !== 'interrupt') await watch.greetingOver()
  let from = line.timings.answeredAt ?? epochNow()
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1
    const isInterruptedNext = steps[index + 1]?.kind === 'interrupt'
    switch (step.kind) {
      case 'speak': {
        const played = await line.play(step.pcm, { signal })
        const spoken = toSpoken(played)
        from = spoken.until
        if (!isInterruptedNext) await watch.replyOver(spoken, { isLast })
        break
      }
      case 'interrupt': {
        const begunAt = await watch.wordsBegin(from)
        await sleep(Math.max(0, begunAt + step.afterMs - epochNow()), undefined, { signal })
        const played = await line.play(step.pcm, { signal })
        if (played.firstVoicedAt !== undefined) interruptionsAt.push(played.firstVoicedAt)
        const spoken = toSpoken(played)
        from = spoken.until
        if (!isInterruptedNext) await watch.replyOver(spoken, { isLast })
        break
      }
      case 'dtmf': {
        from = epochNow()
        await line.sendDtmf(step.keys, { signal })
        // Keys are a turn only where the dialogue waits for some.
        if (await watch.keysTaken(from)) await watch.replyOver({ from, until: from }, { isLast })
        break
      }
      default:
        step satisfies never
    }
  }
  return { interruptionsAt }
}

import type { Stack } from '@trunkline/contracts'
import { placeCall } from '../../scripts/call/place-call.ts'
import { createTalk } from '../call/talk.ts'
import { keepRecording } from '../plot/recorded-call.ts'
import type { TurnSpec } from '../turn-taking/plan.ts'
import { makeCaseAudio } from './case-audio.ts'
import { judgePauses } from './judge-pauses.ts'
import type { CaseOutcome } from './outcome.ts'
import type { WireCase } from './wire-cases.ts'

type PauseCase = Extract<WireCase, { kind: 'pause' }>

/** What the caller says first, so that the agent asks for what the turn then gives. */
export const leadIns: Readonly<Partial<Record<TurnSpec['topic'], string>>> = {
  date: 'I would like to book a room, please.',
  digits: 'I have a reservation.',
  spelling: 'I have a reservation.',
}

/** One call with one turn, in whose pauses the agent should wait. */
export async function callPause(
  stack: Stack,
  wireCase: PauseCase,
  {
    leadIn,
    isKept,
    signal,
  }: { leadIn: Int16Array | undefined; isKept: boolean; signal: AbortSignal },
): Promise<CaseOutcome> {
  const audio = await makeCaseAudio(wireCase)
  const talk = createTalk({ signal })
  let startedAt: number | undefined
  const report = await placeCall(stack, {
    signal,
    onEvent: (event) => talk.heard(event),
    async converse(line) {
      if (!(await talk.untilQuiet(line))) return
      if (leadIn) {
        const { endedAt } = await line.play(leadIn, { signal })
        if ((await talk.untilVoice(line, endedAt)) === undefined) return
        if (!(await talk.untilQuiet(line))) return
      }
      const played = await line.play(audio.pcm, { signal })
      startedAt = played.startedAt
      await talk.untilVoice(line, played.endedAt)
    },
  })
  const { callId } = report
  if (isKept && callId !== undefined) await keepRecording(callId, report)
  const named = {
    ...{ id: wireCase.spec.id, kind: wireCase.kind },
    ...(callId !== undefined && { callId }),
  }
  const beganAt = startedAt
  if (beganAt === undefined) {
    return { ...named, failure: report.failure?.code ?? 'the agent never waited for the turn' }
  }
  const committedAt = report.events.flatMap((event) =>
    event.type === 'turn-received' && event.at > beganAt ? [event.at] : [],
  )
  const parts = audio.sounds.map(({ fromMs, toMs }) => ({
    fromAt: beganAt + fromMs,
    toAt: beganAt + toMs,
  }))
  return { ...named, ...judgePauses({ received: report.audio.received, parts, committedAt }) }
}

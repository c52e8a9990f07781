import { randomUUID } from 'node:crypto'
import type { AgentMessageOf, CallEventOf, Line } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Admission, Refusal, Verdict } from '../limits/admission.ts'
import type { Claim } from '../store/claim.ts'
import { isSentOn } from '../transfer/hand-over.ts'
import { toTransferWords } from '../transfer/words.ts'
import { toCallRecord } from './apply-event.ts'
import type { HeldCalls } from './held-calls.ts'
import { readJobMetadata } from './resolve-line.ts'
import type { CallSession, CallSessionOptions } from './session.ts'
import { toLineSpeech } from './speech.ts'

type Hello = AgentMessageOf<'hello'>

interface NewCall extends Pick<CallSessionOptions, 'line' | 'lease'> {
  readonly callId: string
  readonly verdict: Verdict | undefined
}

export interface NewCalls {
  /** One that is refused is answered all the same: its caller is told why, and then it ends. */
  begin(hello: Hello, call: NewCall): CallSession
  /**
   * Redis is away, and has not come back while the telephone rang: a call that is new is told so. Undefined for one
   * that may not be new, or has no line.
   */
  beginWithoutStore(
    hello: Hello,
    line: Line | undefined,
  ): { readonly claimed: Claim; readonly session: CallSession } | undefined
}

export interface NewCallsDeps {
  readonly held: Pick<HeldCalls, 'add'>
  readonly admission?: Pick<Admission, 'refuse'> | undefined
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
}

export function createNewCalls({ held, admission, logger, now }: NewCallsDeps): NewCalls {
  const begin: NewCalls['begin'] = (hello, { callId, line, lease, verdict }) => {
    const refusal = verdict?.ok === false ? verdict : undefined
    const plain = toCreated(hello, { line, at: now() })
    const created = { ...plain, greeting: toRefusalWords(line, refusal) ?? plain.greeting }
    const record = toCallRecord(callId, created)
    const session = held.add({ line, record, lease, ...(refusal && { refusal }) })
    session.begin(created)
    if (refusal) logger.info({ callId, reason: refusal.reason }, 'call refused')
    return session
  }
  return {
    begin,
    beginWithoutStore(hello, line) {
      const { epoch } = readJobMetadata(hello.metadata)
      const isNew = epoch === undefined && hello.callId === undefined && hello.resumeFrom === 0
      if (!line || !isNew || !admission) return undefined
      const lease = { epoch: 1, token: Math.floor(now()) }
      const verdict = admission.refuse('store-unavailable', line)
      const claimed = {
        callId: randomUUID(),
        ...lease,
        isSuperseded: false,
        isLate: false,
        wasElsewhere: false,
      }
      return { claimed, session: begin(hello, { callId: claimed.callId, line, lease, verdict }) }
    },
  }
}

/** Why the call cannot be taken, or that somebody else is asked to take it. */
function toRefusalWords(line: Line, refusal: Refusal | undefined): string | undefined {
  if (!isSentOn(line, refusal)) return refusal?.words
  return toTransferWords('full', { line, language: line.defaultLanguage })
}

/** The first event of a call; `line` is undefined for a number nobody has. */
export function toCreated(
  { room, roomSid, jobId, metadata }: Hello,
  { line, at }: { line: Line | undefined; at: number },
): CallEventOf<'call-created'> {
  const { onMachine } = readJobMetadata(metadata)
  return {
    ...{ type: 'call-created', at, room, roomSid, jobId },
    ...(onMachine === undefined ? {} : { onMachine }),
    line: line?.id ?? '',
    greeting: line ? toLineSpeech(line).greeting : '',
  }
}

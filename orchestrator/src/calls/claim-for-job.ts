import { randomUUID } from 'node:crypto'
import type { AgentMessageOf, Line } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { CallStore } from '../store/call-store.ts'
import type { Claim } from '../store/claim.ts'
import { unknownLineTtlSeconds } from './end-stored.ts'
import { readJobMetadata } from './resolve-line.ts'
import type { CallSession } from './session.ts'

type Hello = AgentMessageOf<'hello'>

export interface ClaimForJobDeps {
  readonly store: Pick<CallStore, 'claim' | 'becomeReady'>
  /** The call of a room, when this process holds it. */
  readonly findByRoom: (roomSid: string) => CallSession | undefined
  readonly logger: Logger
}

/** How long a new call waits for Redis to come back before its caller is told. */
const storeGraceMs = 1000

/** Claims a job's call for this process; undefined when Redis is away and the call is not ours already. */
export function createClaimForJob({ store, findByRoom, logger }: ClaimForJobDeps) {
  const claim = async (hello: Hello, line: Line | undefined): Promise<Claim | undefined> => {
    const { roomSid, jobId, metadata } = hello
    const { epoch: replaced, again = false } = readJobMetadata(metadata)
    const isReplacement = replaced !== undefined || again
    const knownEpoch = Math.max(replaced ?? 0, hello.epoch ?? 0)
    // A job knows its epoch although Redis may have lost it.
    const minEpoch = Math.max(replaced ?? 0, (hello.epoch ?? 1) - 1)
    const local = findByRoom(roomSid)
    try {
      return await store.claim({
        roomSid,
        jobId,
        minEpoch,
        isReplacement,
        knownEpoch,
        newCallId: local?.id ?? hello.callId ?? randomUUID(),
        ttlSeconds: line?.retention.liveSeconds ?? unknownLineTtlSeconds,
      })
    } catch (error) {
      logger.warn({ err: error }, 'a call could not be claimed')
      if (!local) return undefined
      // Redis is away and the call is ours: it goes on with what this process knows.
      const known = local.epochOf(jobId)
      const epoch = known ?? Math.max(local.epoch, minEpoch) + 1
      const isNew = known === undefined
      const isLate = isNew && isReplacement && local.isConnected && knownEpoch <= local.epoch
      const verdict = { isSuperseded: epoch < local.epoch, isLate, wasElsewhere: false }
      return { callId: local.id, epoch, token: local.token, ...verdict }
    }
  }
  /** A Redis that is away for a moment costs no call: the telephone rings a little longer. */
  return async (hello: Hello, line: Line | undefined) =>
    (await claim(hello, line)) ??
    ((await store.becomeReady({ timeoutMs: storeGraceMs })) ? claim(hello, line) : undefined)
}

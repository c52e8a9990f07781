import type { IntakeReceipt } from '@trunkline/contracts'
import type { FastifyReply } from 'fastify'
import { OrchestratorError } from '../errors.ts'
import type { AcceptOutcome } from '../intake/inbox.ts'

const retryAfterSeconds = 1

/** The answer to an event from outside; its first time and every later one look alike but for the status' name. */
export async function sendReceipt(
  reply: FastifyReply,
  { id, accept }: { id: string; accept: () => Promise<AcceptOutcome> },
): Promise<FastifyReply> {
  const outcome = await accept().catch((cause: unknown) => {
    reply.header('retry-after', retryAfterSeconds)
    throw new OrchestratorError('unavailable', 'events cannot be kept now', { cause })
  })
  switch (outcome) {
    case 'accepted':
    case 'duplicate': {
      const receipt: IntakeReceipt = { id, status: outcome }
      return reply.code(202).send(receipt)
    }
    case 'unknown-call':
      throw new OrchestratorError('not-found', 'callId: there is no call with this id')
    case 'full':
      reply.header('retry-after', retryAfterSeconds)
      throw new OrchestratorError('unavailable', 'too many events wait already')
  }
}

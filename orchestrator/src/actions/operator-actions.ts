import { randomUUID } from 'node:crypto'
import type { ActionAnswer, CallRecord, OperatorAction } from '@trunkline/contracts'
import { operatorAction } from '@trunkline/contracts'
import { z } from 'zod'
import { isOver } from '../calls/call-machine.ts'
import { OrchestratorError } from '../errors.ts'
import type { Principal } from '../security/credentials.ts'
import { type ActionOutcome, actionOutcome } from './action-outcome.ts'
import type { Relay } from './relay.ts'
import type { SessionActions } from './session-actions.ts'

/** One thing an operator did; D's audit chain takes it as it is. */
export interface OperatorAudit {
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly target: string
  readonly detail?: Readonly<Record<string, unknown>>
}

export interface OperatorActionsDeps {
  /** The calls of this process. */
  readonly registry: {
    get(callId: string): { readonly actions: Pick<SessionActions, 'perform'> } | undefined
  }
  readonly readCall: (callId: string) => Promise<CallRecord>
  /** The process that has the call's lease. */
  readonly holderOf: (callId: string) => Promise<string | undefined>
  readonly relay: Pick<Relay, 'ask'>
  readonly audit: (entry: OperatorAudit) => Promise<unknown>
  /** How an operator joins a room. */
  readonly createJoin: (
    room: string,
    options: { name?: string | undefined },
  ) => Promise<NonNullable<ActionAnswer['join']>>
  readonly now: () => number
}

export interface OperatorActions {
  /**
   * Does it, wherever the call is held, after it has been put into the audit.
   * @throws {OrchestratorError} not-found, not-supported, conflict, unavailable, agent-failed
   */
  act(callId: string, action: OperatorAction, by: Principal): Promise<ActionAnswer>
  /** Answers another replica's relay. */
  answer(request: unknown): Promise<ActionOutcome>
}

const relayed = z.object({ callId: z.string(), actionId: z.string(), action: operatorAction })

export function createOperatorActions(deps: OperatorActionsDeps): OperatorActions {
  const { registry, readCall, holderOf, relay, now } = deps

  const perform = async (request: { callId: string; actionId: string; action: OperatorAction }) => {
    const { callId, actionId, action } = request
    const local = registry.get(callId)
    if (local) return await local.actions.perform(actionId, action)
    const holder = await holderOf(callId)
    if (holder === undefined) throw new OrchestratorError('unavailable', 'nobody holds the call')
    return actionOutcome.parse(await relay.ask(holder, request))
  }
  const audit = async (entry: Omit<OperatorAudit, 'at'>) => {
    try {
      await deps.audit({ at: now(), ...entry })
    } catch (cause) {
      throw new OrchestratorError('unavailable', 'the audit cannot be written', { cause })
    }
  }

  return {
    async act(callId, action, by) {
      const call = await readCall(callId)
      if (isOver(call.state)) throw conflict('the call has ended', call.state)
      const actionId = randomUUID()
      const row = { actor: `operator:${by.name}`, target: callId, detail: { actionId } }
      await audit({ ...row, action: `call-${action.action}` })
      const outcome = await perform({ callId, actionId, action })
      const name = action.action
      switch (outcome.kind) {
        case 'done':
        case 'accepted': {
          const answer = { actionId, action: name, status: outcome.kind }
          if (action.action !== 'take-over') return answer
          return { ...answer, join: await deps.createJoin(call.room, action) }
        }
        case 'conflict':
          await audit({ ...row, action: 'call-action-refused' })
          throw conflict(outcome.message, outcome.state)
        case 'failed':
          await audit({ ...row, action: 'call-action-failed' })
          if (outcome.code === 'unknown-target') {
            throw new OrchestratorError(
              'bad-request',
              'to: no target of the line, number or address',
            )
          }
          if (outcome.code === 'unknown-language') {
            throw new OrchestratorError('bad-request', 'language: the line does not speak it')
          }
          if (outcome.code === 'not-supported') {
            throw new OrchestratorError('not-supported', `this call’s agent cannot ${name}`)
          }
          throw new OrchestratorError('agent-failed', 'the agent could not do it')
      }
    },
    async answer(request) {
      const { callId, actionId, action } = relayed.parse(request)
      const local = registry.get(callId)
      if (!local) throw new OrchestratorError('not-found', 'not held here')
      return await local.actions.perform(actionId, action)
    },
  }
}

function conflict(message: string, state: CallRecord['state']): OrchestratorError {
  return new OrchestratorError('conflict', message, { state })
}

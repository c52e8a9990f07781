import { randomUUID } from 'node:crypto'
import type { AgentMessageOf, CallAction, CallState } from '@trunkline/contracts'
import type { SessionActions } from '../actions/session-actions.ts'
import type { CallEnding } from './call-ending.ts'
import type { Journal } from './journal.ts'
import type { ToAgent } from './to-agent.ts'

/** What the agent was asked to do, and has done. */
export interface AgentActions {
  /** Sends an action that is on record. One that the job cannot know fails at once. */
  send(actionId: string, action: CallAction): void
  takeResult(result: Pick<AgentMessageOf<'action-result'>, 'actionId' | 'ok' | 'code' | 'at'>): void
  /** Puts an action of our own on record and sends it; false when the agent cannot, or does not answer in time. */
  ask(action: CallAction, options: { timeoutMs: number }): Promise<boolean>
}

export interface AgentActionsDeps {
  readonly journal: Journal
  readonly toAgent: Pick<ToAgent, 'act'>
  readonly ending: Pick<CallEnding, 'takeResult'>
  readonly operator: () => Pick<SessionActions, 'takeResult'>
  readonly now: () => number
}

export function createAgentActions(deps: AgentActionsDeps): AgentActions {
  const { journal, toAgent, ending, operator, now } = deps
  const asked = new Map<string, (ok: boolean) => void>()
  const takeResult: AgentActions['takeResult'] = (result) => {
    const { actionId, ok, code, at } = result
    const known = (journal.record.actions ?? []).find((action) => action.actionId === actionId)
    if (known?.result) return // sent again by a job that did not know it had arrived
    const coded = code === undefined ? {} : { code }
    journal.emit({ at, type: 'action-finished', actionId, ok, ...coded })
    const effect = known && toCallEffect(known.action.kind, { ok, state: journal.record.state })
    if (effect) journal.emit({ at, type: effect })
    const settle = asked.get(actionId)
    if (settle) settle(ok)
    else if (!ending.takeResult(result)) operator().takeResult(result)
  }
  const send: AgentActions['send'] = (actionId, action) => {
    if (toAgent.act(actionId, action)) return
    takeResult({ actionId, ok: false, code: 'not-supported', at: now() })
  }
  return {
    send,
    takeResult,
    ask(action, { timeoutMs }) {
      const actionId = randomUUID()
      const { kind } = action
      journal.emit({ at: now(), type: 'action', actionId, kind, action, by: 'system' })
      return new Promise((resolve) => {
        const settle = (ok: boolean) => {
          clearTimeout(timer)
          asked.delete(actionId)
          resolve(ok)
        }
        const timer = setTimeout(() => settle(false), timeoutMs)
        asked.set(actionId, settle)
        send(actionId, action)
      })
    },
  }
}

/** What an action that the agent has carried out means for the call. */
function toCallEffect(
  kind: CallAction['kind'],
  { ok, state }: { ok: boolean; state: CallState },
): 'call-held' | 'call-resumed' | undefined {
  // A caller who is being transferred hears music too, and is not held by that.
  if (ok && kind === 'hold' && state === 'active') return 'call-held'
  return ok && kind === 'unhold' && state === 'held' ? 'call-resumed' : undefined
}

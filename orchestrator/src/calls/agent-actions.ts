import type { AgentMessageOf, CallAction } from '@trunkline/contracts'
import type { SessionActions } from '../actions/session-actions.ts'
import type { CallEnding } from './call-ending.ts'
import type { Journal } from './journal.ts'
import type { ToAgent } from './to-agent.ts'

/** What the agent was asked to do, and has done. */
export interface AgentActions {
  /** Sends an action that is on record. One that the job cannot know fails at once. */
  send(actionId: string, action: CallAction): void
  takeResult(result: Pick<AgentMessageOf<'action-result'>, 'actionId' | 'ok' | 'code' | 'at'>): void
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
  const takeResult: AgentActions['takeResult'] = (result) => {
    const { actionId, ok, code, at } = result
    const known = (journal.record.actions ?? []).find((action) => action.actionId === actionId)
    if (known?.result) return // sent again by a job that did not know it had arrived
    const coded = code === undefined ? {} : { code }
    journal.emit({ at, type: 'action-finished', actionId, ok, ...coded })
    const effect = known && toCallEffect(known.action.kind, ok)
    if (effect) journal.emit({ at, type: effect })
    if (!ending.takeResult(result)) operator().takeResult(result)
  }
  return {
    send(actionId, action) {
      if (action.kind === 'transfer') {
        journal.emit({ at: now(), type: 'call-transferring', actionId })
      }
      if (toAgent.act(actionId, action)) return
      takeResult({ actionId, ok: false, code: 'not-supported', at: now() })
    },
    takeResult,
  }
}

/** What an action that the agent has carried out means for the call. */
function toCallEffect(kind: CallAction['kind'], ok: boolean) {
  if (kind === 'transfer') return ok ? 'call-bridged' : 'transfer-failed'
  if (!ok) return undefined
  if (kind === 'hold') return 'call-held'
  return kind === 'unhold' ? 'call-resumed' : undefined
}

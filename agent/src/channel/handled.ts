import type { OrchestratorMessage } from '@trunkline/contracts'
import type { Outgoing } from './outgoing.ts'

type ActionResult = Extract<Outgoing, { type: 'action-result' }>

/** What this job has taken already, whichever replica sent it and under whichever number. */
export interface Handled {
  /** `new` once for each sentence and action; an action that was answered gives its answer again. */
  see(
    message: Exclude<OrchestratorMessage, { type: 'ack' | 'error' }>,
  ): 'new' | 'seen' | ActionResult
  /** Takes note of the answer to an action. */
  answered(message: Outgoing): void
}

/** A reply has a few sentences, a call a few actions at a time: no replica goes back further than these. */
const remembered = 512

export function createHandled(): Handled {
  const says = new Set<string>()
  const actions = new Map<string, ActionResult | undefined>()
  return {
    see(message) {
      if (message.type === 'say') {
        const key = `${message.turnId} ${message.index}`
        if (says.has(key)) return 'seen'
        says.add(key)
        trim(says)
      }
      if (message.type === 'action') {
        const { actionId } = message
        if (actions.has(actionId)) return actions.get(actionId) ?? 'seen'
        actions.set(actionId, undefined)
        trim(actions)
      }
      return 'new'
    },
    answered(message) {
      if (message.type === 'action-result') actions.set(message.actionId, message)
    },
  }
}

function trim(known: Set<string> | Map<string, unknown>): void {
  if (known.size <= remembered) return
  const [oldest] = known.keys()
  if (oldest !== undefined) known.delete(oldest)
}

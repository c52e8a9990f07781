import type { OrchestratorMessageOf } from '@trunkline/contracts'
import type { CallControl } from '../call-control/call-control.ts'
import type { Send } from '../channel/outgoing.ts'
import type { Speaker } from '../speaking/speaker.ts'
import type { Conversation } from './conversation.ts'
import type { Talk } from './talk.ts'

type Action = Pick<OrchestratorMessageOf<'action'>, 'actionId' | 'action'>

export interface Actions {
  /** Does what the orchestrator asks and answers with `action-result`; the same action again does nothing. */
  take(action: Action): Promise<void>
}

export interface ActionsDeps {
  readonly speaker: Pick<Speaker, 'mute' | 'unmute'>
  readonly talk: Pick<Talk, 'turnFinished'> & {
    readonly conversation: Pick<Conversation, 'expect'> | undefined
  }
  readonly control: Pick<CallControl, 'perform'>
  /** Resolves when everything said so far has been played. */
  readonly playedOut: () => Promise<void>
  readonly onHangUp: () => void
  /** Two humans talk from now on: the job goes. */
  readonly onBridged: () => void
  readonly send: Send
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly code: string }

export function createActions(deps: ActionsDeps): Actions {
  const { speaker, talk, control, playedOut, onHangUp, onBridged, send } = deps
  const taken = new Set<string>()

  const performBeside = async (action: Action['action']): Promise<Outcome> => {
    const isDone = await control.perform(action)
    if (isDone === true) return { ok: true }
    // What this job cannot do is told so, and nothing has changed.
    return { ok: false, code: isDone === undefined ? 'not-supported' : 'failed' }
  }
  const perform = async (action: Action['action']): Promise<Outcome> => {
    switch (action.kind) {
      case 'hangup':
        onHangUp()
        await playedOut()
        return { ok: true }
      case 'mute':
        speaker.mute()
        talk.turnFinished()
        return { ok: true }
      case 'unmute':
        speaker.unmute()
        return { ok: true }
      case 'expect':
        talk.conversation?.expect(action.expect, action.dtmf)
        return { ok: true }
      case 'bridge':
        return { ok: true }
      case 'hold':
        // Nobody waits for an answer there, and music is what is heard.
        talk.turnFinished()
        return await performBeside(action)
      default:
        return await performBeside(action)
    }
  }
  return {
    async take({ actionId, action }) {
      if (taken.has(actionId)) return
      taken.add(actionId)
      const outcome = await perform(action)
      send({ type: 'action-result', actionId, ...outcome })
      if (action.kind === 'bridge') onBridged()
    },
  }
}

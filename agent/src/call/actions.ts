import type { OrchestratorMessageOf } from '@trunkline/contracts'
import type { Send } from '../channel/outgoing.ts'
import type { Speaker } from '../speaking/speaker.ts'
import type { Conversation } from './conversation.ts'

type Action = Pick<OrchestratorMessageOf<'action'>, 'actionId' | 'action'>

export interface Actions {
  /** Does what the orchestrator asks and answers with `action-result`; the same action again does nothing. */
  take(action: Action): Promise<void>
}

export interface ActionsDeps {
  readonly speaker: Pick<Speaker, 'mute' | 'unmute'>
  readonly conversation: () => Pick<Conversation, 'expect'> | undefined
  /** Resolves when everything said so far has been played. */
  readonly playedOut: () => Promise<void>
  readonly onHangUp: () => void
  readonly send: Send
}

export function createActions(deps: ActionsDeps): Actions {
  const { speaker, conversation, playedOut, onHangUp, send } = deps
  const taken = new Set<string>()

  const perform = async (action: Action['action']): Promise<boolean> => {
    switch (action.kind) {
      case 'hangup':
        onHangUp()
        await playedOut()
        return true
      case 'mute':
        speaker.mute()
        return true
      case 'unmute':
        speaker.unmute()
        return true
      case 'expect':
        conversation()?.expect(action.expect)
        return true
      default:
        return false // what this job cannot do is told so, and nothing has changed
    }
  }
  return {
    async take({ actionId, action }) {
      if (taken.has(actionId)) return
      taken.add(actionId)
      const ok = await perform(action)
      send({ type: 'action-result', actionId, ok, ...(!ok && { code: 'not-supported' }) })
    },
  }
}

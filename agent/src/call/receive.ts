import type { OrchestratorMessageOf } from '@trunkline/contracts'
import type { Incoming } from '../channel/channel.ts'
import type { CallRecording } from '../recording/call-recording.ts'
import { greetingTurnId, type Speaker } from '../speaking/speaker.ts'
import type { Actions } from './actions.ts'
import type { Fallbacks } from './fallbacks.ts'
import type { Talk } from './talk.ts'
import type { TurnBook } from './turn-book.ts'

type Welcome = OrchestratorMessageOf<'welcome'>

export interface ReceiveDeps {
  readonly book: Pick<TurnBook, 'resume'>
  readonly speaker: Pick<Speaker, 'prepare' | 'say' | 'turnFinished'>
  readonly talk: Pick<Talk, 'turnFinished'>
  readonly actions: Actions
  readonly recording: Pick<CallRecording, 'consent'>
  readonly fallbacks: Pick<Fallbacks, 'bridging' | 'lastResort'>
  readonly onWelcome: (welcome: Welcome) => void
}

/** Does what the orchestrator says; resolves when that is done. */
export async function receive(message: Incoming, deps: ReceiveDeps): Promise<void> {
  const { book, speaker, talk, actions, recording, fallbacks, onWelcome } = deps
  switch (message.type) {
    case 'welcome': {
      const { greeting, resume } = message
      const { disclosure: mustHear } = greeting
      if (resume) book.resume(resume.turnsSeen)
      if (!resume?.active) {
        speaker
          .prepare({ ...greeting, mustHear, turnId: greetingTurnId, index: 0, cache: true })
          .end()
      }
      fallbacks.lastResort.remember(message)
      onWelcome(message)
      break
    }
    case 'say':
      fallbacks.bridging.speechComes()
      speaker.say(message)
      break
    case 'turn-finished':
      talk.turnFinished()
      speaker.turnFinished(message.turnId)
      break
    case 'action':
      await actions.take(message)
      break
    case 'recording-consent':
      recording.consent(message.isGiven)
      break
    default:
      message satisfies never
  }
}

import type { OrchestratorMessageOf } from '@trunkline/contracts'
import type { CallSession } from './call-session.ts'
import { toLineSpeech } from './speech.ts'

export type WelcomeDraft = Omit<OrchestratorMessageOf<'welcome'>, 'seq' | 'at' | 'type'>

/** Everything the agent needs to speak before it has heard a word. */
export function toWelcome(
  { id, epoch, line }: Pick<CallSession, 'id' | 'epoch' | 'line'>,
  { maxCallSeconds }: { maxCallSeconds: number },
): WelcomeDraft {
  const { language, voice, greeting, apology, bridging, keyterms } = toLineSpeech(line)
  const { callSeconds, silenceSeconds } = line.limits
  return {
    callId: id,
    epoch,
    line: { id: line.id, name: line.name },
    greeting: { text: greeting, language, voice, interruptible: true },
    voice: { language, name: voice },
    turnTaking: line.turnTaking,
    limits: { callSeconds: Math.min(callSeconds, maxCallSeconds), silenceSeconds },
    keyterms: [line.name, ...keyterms],
    apology: { text: apology, language, voice },
    bridging: { text: bridging, language, voice },
  }
}

import type { Line } from '@trunkline/contracts'
import { askAgain } from '../limits/ask-again.ts'
import { toNotice } from '../limits/notice.ts'
import { toReprompt } from '../limits/reprompt.ts'
import type { Journal } from './journal.ts'
import type { ReachedLimit } from './limits.ts'
import { toLineSpeech } from './speech.ts'
import type { ToAgent } from './to-agent.ts'

/** What is said to a caller without the model. */
export interface Prompts {
  /** Asks a silent caller again. */
  reprompt(): void
  /** Asks for what the caller said again, of which the answer was not heard. */
  askAgain(): void
  /** The last words of a call that a limit ends: they are heard out. */
  farewell(kind: ReachedLimit): void
}

export interface PromptsDeps {
  readonly line: Line
  readonly journal: Pick<Journal, 'record'>
  readonly toAgent: Pick<ToAgent, 'say'>
}

const askedAgain = 'ask-again-'

export function createPrompts({ line, journal, toAgent }: PromptsDeps): Prompts {
  const toSpeech = () => {
    const { language, turns } = journal.record
    return toLineSpeech(line, language ?? turns.at(-1)?.language)
  }
  const say = (prompt: { turnId: string; text: string; interruptible: boolean }) => {
    const { language, voice } = toSpeech()
    toAgent.say({ ...prompt, index: 0, language, voice, kind: 'prompt', last: true })
  }
  return {
    reprompt() {
      const { language } = toSpeech()
      say({ ...toReprompt(journal.record, { line, language }), interruptible: true })
    },
    askAgain() {
      const { prompts = [] } = journal.record
      const asked = prompts.filter(({ turnId }) => turnId.startsWith(askedAgain)).length
      const turnId = `${askedAgain}${asked + 1}`
      say({ turnId, text: askAgain(toSpeech().language), interruptible: true })
    },
    farewell(kind) {
      const { language } = toSpeech()
      const text = toNotice(kind, { line, language })
      say({ turnId: `prompt-${kind}`, text, interruptible: false })
    },
  }
}

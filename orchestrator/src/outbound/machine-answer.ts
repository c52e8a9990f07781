import type { AgentMessageOf, CallRecord, EndReason, Line, OnMachine } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { toLineSpeech } from '../calls/speech.ts'

type Answer = Pick<AgentMessageOf<'answered-by'>, 'by' | 'isRecording'>

/** What is left with a machine, in the line's default language; it says that an AI speaks, as the greeting does. */
export function toMessage(line: Line, wanted: string | undefined): string | undefined {
  const { disclosure, voicemail } = toLineSpeech(line)
  const words = wanted ?? voicemail
  if (words === undefined || words.includes(disclosure)) return words
  return `${disclosure} ${words}`
}

/** What follows from who took the call. */
export function afterAnswer(
  { by, isRecording }: Answer,
  onMachine: OnMachine,
): 'go-on' | 'wait' | 'leave-message' | 'hang-up' {
  if (by === 'human' || by === 'unknown' || onMachine === 'go-on') return 'go-on'
  // A menu records nothing.
  if (onMachine === 'hang-up' || by === 'ivr') return 'hang-up'
  return isRecording ? 'leave-message' : 'wait'
}

/** What becomes of a call that we placed, until somebody is known to be there. */
export interface MachineAnswer {
  answered(answer: Answer): void
  /** Our greeting is heard: what is said from now on is said to us. */
  greeted(): void
  /** What is said goes on record and is not answered: it may be a machine, or is one. */
  readonly isOnlyHeard: boolean
}

export interface MachineAnswerDeps {
  readonly record: () => Pick<CallRecord, 'onMachine' | 'answeredBy' | 'greetingHeard' | 'turns'>
  /** What was to be left, when it is still known. */
  readonly message: () => Promise<string | undefined>
  readonly say: (text: string) => void
  readonly hangUp: (reason: EndReason) => void
  readonly logger: Logger
}

export function createMachineAnswer(deps: MachineAnswerDeps): MachineAnswer {
  const { record, message, say, hangUp, logger } = deps
  let isGreeted = false
  let isLeft = false

  const leave = async () => {
    const text = await message().catch((error: unknown) => {
      logger.warn({ err: error }, 'the message for a machine could not be read')
      return undefined
    })
    if (text !== undefined) say(text)
    hangUp('answering-machine')
  }

  return {
    answered(answer) {
      switch (afterAnswer(answer, record().onMachine ?? 'go-on')) {
        case 'go-on':
        case 'wait':
          return
        case 'hang-up':
          return hangUp('answering-machine')
        case 'leave-message': {
          if (isLeft) return
          isLeft = true
          const onError = (error: unknown) =>
            logger.error({ err: error }, 'no message was left with a machine')
          inBackground(leave(), { onError })
        }
      }
    },
    greeted() {
      isGreeted = true
    },
    get isOnlyHeard() {
      const { onMachine, answeredBy, greetingHeard } = record()
      if (onMachine === undefined || isGreeted || greetingHeard !== undefined) return false
      if (answeredBy === 'human' || answeredBy === 'unknown') return false
      return answeredBy === undefined || onMachine !== 'go-on'
    },
  }
}

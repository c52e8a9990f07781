import type { Room } from '@livekit/rtc-node'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { publishSound } from '../call-control/sound-track.ts'
import type { Send } from '../channel/outgoing.ts'
import { createListening } from '../listening/listening.ts'
import { type Comfort, createComfort } from '../speaking/comfort.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import type { Speaker } from '../speaking/speaker.ts'
import type { TurnMarks } from '../speaking/turn-marks.ts'
import type { Caller } from './caller.ts'
import { type Conversation, type ConversationOptions, startConversation } from './conversation.ts'
import type { Telling } from './telling.ts'
import type { TurnBook } from './turn-book.ts'
import { createTurns, type Turns } from './turns.ts'

/** The talk with one caller: what they say, what is said to them, and a soft tone where that takes long. */
export interface Talk {
  begin(call: {
    readonly welcome: OrchestratorMessageOf<'welcome'>
    readonly caller: Caller
    readonly voice: RoomVoice
  }): Conversation
  /** Undefined before it has begun. */
  readonly conversation: Conversation | undefined
  /** End of speech → final of a turn, when it is known. */
  asrFinalMs(turnId: string): number | undefined
  /** The reply to the turn is complete, or the caller waits for none. */
  turnFinished(): void
  close(): Promise<void>
}

export interface TalkDeps {
  readonly room: Room
  readonly asr: ConversationOptions['asr']
  readonly book: TurnBook
  readonly marks: TurnMarks
  readonly speaker: Speaker
  readonly telling: Telling
  /** False while the caller is on hold: what they say is for nobody. */
  readonly isListening: () => boolean
  readonly onFailed: (error: unknown) => void
  readonly onError: (error: unknown) => void
  readonly logger: Logger
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

export function createTalk(deps: TalkDeps): Talk {
  const { room, asr, book, marks, speaker, telling, isListening, logger, signal } = deps
  const { onFailed, onError } = deps
  const stack = createDisposalStack()
  let turns: Turns | undefined
  let comfort: Comfort | undefined
  let conversation: Conversation | undefined

  const sendHeard: Send = (message) => {
    if (isListening()) telling.send(message)
    else telling.note(message)
  }
  const comfortCaller = ({ playout }: RoomVoice) => {
    const made = createComfort({ publish: () => publishSound(room, 'comfort-tone'), onError })
    telling.listen((message) => made.noteSent(message))
    playout.listen({ voice: ({ isSpeaking }) => made.ownVoice(isSpeaking), played() {} })
    stack.defer(() => made.close())
    return made
  }
  return {
    begin({ welcome, caller, voice }) {
      const { playout } = voice
      if (welcome.comfortTone) comfort = comfortCaller(voice)
      const listening = createListening({ language: welcome.greeting.language, send: sendHeard })
      turns = createTurns({ book, listening, isListening, speaker, marks, send: sendHeard })
      const begun = startConversation({
        ...{ room, caller, welcome, asr, playout, speaker, listening, turns, logger, signal },
        ...{ send: telling.send, onFailed },
      })
      stack.defer(() => begun.close())
      conversation = begun
      return begun
    },
    get conversation() {
      return conversation
    },
    asrFinalMs: (turnId) => turns?.asrFinalMs(turnId),
    turnFinished: () => comfort?.turnFinished(),
    close: () => stack.close(),
  }
}

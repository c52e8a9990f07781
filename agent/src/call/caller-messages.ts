import { type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'

export interface CallerMessagesOptions {
  readonly room: Room
  /** Identity of the caller's participant; nobody else is listened to. */
  readonly caller: string
  /** A line typed into the chat. */
  readonly onText: (text: string) => void
  /** Their own device has noticed that they speak. */
  readonly onCutIn: () => void
  readonly logger: Logger
}

const chatTopic = 'lk.chat'
/** Sent by clients with a VAD of their own; the payload says nothing. */
const cutInTopic = 'CANCEL_TTS'
/** A chat line; what is longer is cut. */
const maxTextLength = 4000

/** What callers with a screen send beside their voice. Returns what ends it. */
export function followCallerMessages(options: CallerMessagesOptions): () => void {
  const { room, caller, onText, onCutIn, logger } = options
  let isOver = false
  const received = (
    _payload: Uint8Array,
    participant: RemoteParticipant | undefined,
    _kind: unknown,
    topic: string | undefined,
  ) => {
    if (topic === cutInTopic && participant?.identity === caller) onCutIn()
  }
  room.registerTextStreamHandler(chatTopic, (reader, { identity }) => {
    if (identity !== caller) return
    const read = async () => {
      let text = ''
      for await (const piece of reader) {
        if (text.length < maxTextLength) text += piece
      }
      const line = text.slice(0, maxTextLength).trim()
      if (line !== '' && !isOver) onText(line)
    }
    inBackground(read(), {
      onError: (error) => logger.warn({ err: error }, 'a chat line cannot be read'),
    })
  })
  room.on(RoomEvent.DataReceived, received)
  return () => {
    isOver = true
    room.unregisterTextStreamHandler(chatTopic)
    room.off(RoomEvent.DataReceived, received)
  }
}

import { randomUUID } from 'node:crypto'
import { type Room, type TextStreamWriter, TrackSource } from '@livekit/rtc-node'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { SpokenCaptions } from '../speaking/speaker.ts'

/** What both sides say, for callers with a screen: LiveKit's own topic and attributes, which its components read. */
export interface Captions extends SpokenCaptions {
  /** Everything the caller has said since their last final. */
  callerInterim(text: string): void
  callerFinal(text: string): void
  close(): void
}

export interface CaptionsOptions {
  readonly room: Room
  /** Identity of the caller's participant. */
  readonly caller: string
  readonly logger: Logger
}

const topic = 'lk.transcription'
const segmentAttribute = 'lk.segment_id'
const finalAttribute = 'lk.transcription_final'
const trackAttribute = 'lk.transcribed_track_id'

interface AgentSegment {
  writer: TextStreamWriter | undefined
  written: number
}

export function createCaptions({ room, caller, logger }: CaptionsOptions): Captions {
  const segments = new Map<string, AgentSegment>()
  let callerSegment = newSegment()
  let sending: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** One after the other: an interim must not arrive after its final. */
  const enqueue = (work: () => Promise<unknown>) => {
    sending = sending.then(() => (isClosed || !room.isConnected ? undefined : work()))
    sending = sending.catch((error: unknown) => {
      if (!isClosed && room.isConnected) logger.debug({ err: error }, 'a caption was not sent')
    })
    inBackground(sending, { onError: () => {} })
  }
  const open = (identity: string, segment: string, isFinal: boolean) => {
    const trackSid = findMicrophone(room, identity)
    return room.localParticipant?.streamText({
      topic,
      senderIdentity: identity,
      attributes: {
        [segmentAttribute]: segment,
        [finalAttribute]: String(isFinal),
        ...(trackSid && { [trackAttribute]: trackSid }),
      },
    })
  }
  const sendCaller = (text: string, isFinal: boolean) => {
    const segment = callerSegment
    enqueue(async () => {
      const writer = await open(caller, segment, isFinal)
      await writer?.write(text)
      await writer?.close()
    })
    if (isFinal) callerSegment = newSegment()
  }

  return {
    callerInterim: (text) => sendCaller(text, false),
    callerFinal: (text) => sendCaller(text, true),
    heard(turnId, text) {
      const known = segments.get(turnId)
      const written = known?.written ?? 0
      if (isClosed || text.length <= written) return
      const segment = known ?? { writer: undefined, written: 0 }
      segments.set(turnId, segment)
      segment.written = text.length
      enqueue(async () => {
        segment.writer ??= await open(room.localParticipant?.identity ?? '', newSegment(), false)
        await segment.writer?.write(text.slice(written))
      })
    },
    ended(turnId) {
      const segment = segments.get(turnId)
      segments.delete(turnId)
      if (segment) enqueue(async () => segment.writer?.close())
    },
    close() {
      isClosed = true
      segments.clear()
    },
  }
}

function newSegment(): string {
  return `SG_${randomUUID()}`
}

function findMicrophone(room: Room, identity: string): string | undefined {
  const { localParticipant } = room
  const isLocal = localParticipant?.identity === identity
  const participant = isLocal ? localParticipant : room.remoteParticipants.get(identity)
  const publications = [...(participant?.trackPublications.values() ?? [])]
  return publications.find(({ source }) => source === TrackSource.SOURCE_MICROPHONE)?.sid
}

import { randomBytes, randomUUID } from 'node:crypto'
import type { Line, OutboundAnswer, OutboundCall } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { RoomAgentDispatch, RoomServiceClient } from 'livekit-server-sdk'
import type { UnheardRoom } from '../dispatch/close-unheard.ts'
import { OrchestratorError } from '../errors.ts'
import { toHttpUrl } from '../livekit/rooms.ts'
import type { SipApi } from '../livekit/sip-api.ts'
import { type DialFailure, readDialFailure } from './dial-result.ts'
import type { DialResults } from './dial-results.ts'
import { toMessage } from './machine-answer.ts'

export interface DialerOptions {
  readonly livekit: {
    readonly url: string
    readonly apiKey: string
    readonly apiSecret: string
    readonly agentName: string
  }
  readonly sip: Pick<SipApi, 'dial'>
  /** LiveKit's id of the outbound trunk; without one nothing is dialled. */
  readonly trunkId: string | undefined
  readonly lineOf: (id: string) => Line | undefined
  readonly results: DialResults
  /** Sees to it that a call nobody answered is on record, whether or not its job came. */
  readonly closeUnanswered: (room: UnheardRoom, reason: DialFailure) => Promise<void>
  readonly logger: Logger
}

export interface Dialer {
  /**
   * Makes the room with the agent in it and dials into it; returns when dialling has begun. How it comes out is
   * the call's end reason.
   * @throws {OrchestratorError} not-found (line), bad-request (no message to leave), not-supported (no trunk),
   *   unavailable
   */
  dial(call: OutboundCall): Promise<OutboundAnswer>
}

/** The agent's room must stay while it dials, and go when nobody is in it. */
const emptyTimeoutSeconds = 120
const departureTimeoutSeconds = 5

/** Dials out over LiveKit's SIP service. The callee's number is in no name and no log. */
export function createDialer(options: DialerOptions): Dialer {
  const { livekit, sip, trunkId, lineOf, results, closeUnanswered, logger } = options
  const { apiKey, apiSecret, agentName } = livekit
  const url = toHttpUrl(livekit.url)
  const rooms = new RoomServiceClient(url, apiKey, apiSecret, { requestTimeout: 3 })

  const ring = async (
    made: UnheardRoom,
    { trunk, line, call }: { trunk: string; line: Line; call: OutboundCall },
  ) => {
    const { room } = made
    const [shown] = line.numbers
    try {
      await sip.dial({
        ...{ trunkId: trunk, to: call.to, room, from: shown, ringSeconds: call.ringSeconds },
        identity: `callee-${randomBytes(8).toString('hex')}`,
      })
    } catch (error) {
      const reason = readDialFailure(error)
      // Not the error itself: its message may hold the number.
      logger.info({ reason }, 'outbound call was not answered')
      await results.settle(room, reason)
      await rooms.deleteRoom(room).catch(() => {}) // gone already, or it empties by itself
      await closeUnanswered(made, reason)
      return
    }
    // Somebody is on the line, whether or not it can be noted.
    await results.settle(room, 'answered')
  }

  return {
    async dial(call) {
      const line = lineOf(call.line)
      if (!line) throw new OrchestratorError('not-found', 'line: there is no such line')
      const { onMachine = line.outbound.onMachine } = call
      const message = toMessage(line, call.message)
      if (onMachine === 'leave-message' && message === undefined) {
        throw new OrchestratorError('bad-request', 'message: there is none, and the line has none')
      }
      if (trunkId === undefined) {
        throw new OrchestratorError('not-supported', 'no outbound trunk is configured')
      }
      const dialId = randomUUID()
      const room = `out_${line.id}_${dialId.replaceAll('-', '')}`
      const told = { line: line.id, direction: 'outbound', onMachine, dialId }
      const metadata = JSON.stringify(told)
      let roomSid: string
      try {
        // Not in the metadata: LiveKit keeps those for as long as it likes.
        await results.begin(room, { message })
        const made = await rooms.createRoom({
          name: room,
          emptyTimeout: emptyTimeoutSeconds,
          departureTimeout: departureTimeoutSeconds,
          maxParticipants: 10,
          agents: [new RoomAgentDispatch({ agentName, metadata })],
        })
        roomSid = made.sid
      } catch (cause) {
        throw new OrchestratorError('unavailable', 'the room could not be made', { cause })
      }
      const ringing = ring({ room, roomSid, metadata }, { trunk: trunkId, line, call })
      inBackground(ringing, {
        onError: (error) => logger.warn({ err: error }, 'the end of dialling was not noted'),
      })
      return { dialId, room }
    },
  }
}

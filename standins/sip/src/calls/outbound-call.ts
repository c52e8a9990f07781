import {
  type CreateSIPParticipantRequest,
  SIPMediaEncryption,
  SIPParticipantInfo,
  SIPTransport,
} from '@livekit/protocol'
import { inBackground } from '@trunkline/runtime'
import type { Call, Phone } from '@trunkline/telephony'
import { toSipStatusError } from '../api/sip-status.ts'
import { SipApiError } from '../errors.ts'
import type { RoomLeg } from '../livekit/room-leg.ts'
import { type CallFacts, callAttributes, dialogAttributes } from '../routing/attributes.ts'
import { newCallId } from '../routing/random-name.ts'
import { type CallDeps, leaveInBackground, nameOf, startBridge } from './call-deps.ts'
import { toMs } from './duration.ts'
import { keyTiming } from './key-timing.ts'
import { readTrunk, type Trunk } from './outbound-trunk.ts'

const defaultRingingMs = 3 * 60_000

export interface DialDeps extends CallDeps {
  readonly phone: Phone
}

/**
 * Brings a callee into a room: the participant joins, then the number is dialled. Resolves when the callee has
 * answered, or with `waitUntilAnswered` false when it rings out there.
 * @throws {SipApiError}
 */
export async function dialOut(
  deps: DialDeps,
  request: CreateSIPParticipantRequest,
): Promise<SIPParticipantInfo> {
  if (!request.sipTrunkId && !request.trunk) {
    throw new SipApiError('invalid_argument', 'missing sip trunk id and sip number')
  }
  if (!request.sipCallTo) throw new SipApiError('invalid_argument', 'missing sip callee number')
  if (!request.roomName) throw new SipApiError('invalid_argument', 'missing room name')
  refuseUnspoken(request)
  const trunk = await readTrunk(deps.directory, request)
  const id = newCallId()
  const { roomName: room } = request
  const from = request.sipNumber || trunk.number
  const identity = request.participantIdentity || `sip_${request.sipCallTo}`
  const facts: CallFacts = {
    callId: id,
    trunkId: request.sipTrunkId,
    ...(!request.hidePhoneNumber && {
      numbers: { phone: request.sipCallTo, trunkPhone: from, hostname: trunk.hostname },
    }),
  }
  const forget = deps.registry.expect(room, identity)
  let leg: RoomLeg | undefined
  try {
    leg = await deps.legs.join({
      ...{ room, identity, name: request.participantName || `Phone ${request.sipCallTo}` },
      metadata: request.participantMetadata,
      attributes: { ...request.participantAttributes, ...callAttributes(facts, 'dialing') },
    })
    const info = new SIPParticipantInfo({
      participantId: leg.participantId,
      participantIdentity: identity,
      roomName: room,
      sipCallId: id,
    })
    const answered = ring(deps, { request, trunk, from, leg, id, identity, forget })
    if (request.waitUntilAnswered) await answered
    else {
      const onError = (error: unknown) =>
        deps.logger.info({ callId: id, name: nameOf(error) }, 'outbound call was not answered')
      inBackground(answered, { onError })
    }
    return info
  } catch (error) {
    forget()
    if (!leg) throw new SipApiError('unavailable', 'the room cannot be joined', { cause: error })
    throw error
  }
}

interface Dialling {
  readonly request: CreateSIPParticipantRequest
  readonly trunk: Trunk
  readonly from: string
  readonly leg: RoomLeg
  readonly id: string
  readonly identity: string
  readonly forget: () => void
}

/** @throws {SipApiError} when nobody answers; the room is left then */
async function ring(deps: DialDeps, dialling: Dialling): Promise<void> {
  const { request, trunk, from, leg, id, identity, forget } = dialling
  const { logger, metrics } = deps
  const giveUp = () => void call?.hangup()
  let call: Call | undefined
  try {
    // Before the first INVITE: the room has heard of the participant then, and `dialing` is seen.
    await leg.publish()
    call = await deps.phone.call({
      ...{ host: trunk.host, port: trunk.port, to: request.sipCallTo, from, localTag: id },
      displayName: request.displayName ?? from,
      headers: Object.entries({ ...trunk.headers, ...request.headers }).map(([name, value]) => ({
        name,
        value,
      })),
      ringTimeoutMs: toMs(request.ringingTimeout) ?? defaultRingingMs,
      ...(trunk.credentials && { credentials: trunk.credentials }),
    })
    leg.over.addEventListener('abort', giveUp, { once: true })
    deps.closing.addEventListener('abort', giveUp, { once: true })
    if (leg.over.aborted || deps.closing.aborted) giveUp()
    const onError = (error: unknown) =>
      logger.warn({ callId: id, name: nameOf(error) }, 'the room was not told of the ringing')
    call.subscribe(({ type }) => {
      if (type === 'ringing') inBackground(leg.setStatus('ringing'), { onError })
    })
    await call.answered
  } catch (error) {
    metrics.dialled('not-answered')
    forget()
    leaveInBackground(leg, logger)
    throw toDialError(call, error)
  } finally {
    leg.over.removeEventListener('abort', giveUp)
    deps.closing.removeEventListener('abort', giveUp)
  }
  metrics.dialled('answered')
  logger.info({ callId: id }, 'outbound call answered')
  deps.registry.answered({ id, room: request.roomName, identity, call })
  startBridge(deps, {
    ...{ call, leg, id, forget, direction: 'outbound' },
    mediaTimeoutMs: toMs(request.media?.mediaTimeout) ?? trunk.mediaTimeoutMs,
    maxDurationMs: toMs(request.maxCallDuration),
  })
  const dialog = dialogAttributes({ id: call.id, tag: call.remoteTag })
  await sayActive({ call, leg, dtmf: request.dtmf, dialog })
}

/** After the keys that were wished for, which an automaton at the other end waits for. */
async function sayActive({
  call,
  leg,
  dtmf,
  dialog,
}: {
  call: Call
  leg: RoomLeg
  dtmf: string
  dialog: Record<string, string>
}): Promise<void> {
  try {
    if (dtmf) {
      await leg.setStatus('automation', dialog)
      await call.sendDtmf(dtmf, keyTiming)
    }
    await leg.setStatus('active', dialog)
  } catch (cause) {
    // Answered and gone again; the bridge has seen it.
    if (call.state.kind !== 'ended') throw cause
  }
}

function toDialError(call: Call | undefined, cause: unknown): SipApiError {
  const end = call?.state.kind === 'ended' ? call.state.end : undefined
  switch (end?.code) {
    case 'rejected':
      return toSipStatusError(end.status ?? 500, end.reason ?? '', cause)
    case 'unauthorized': {
      const text = 'the sip server wants another username or password'
      return new SipApiError('failed_precondition', text, { cause })
    }
    case 'not-answered':
    case 'no-response':
      return new SipApiError('canceled', 'sip request timed out', { cause })
    case 'cancelled':
      return new SipApiError('canceled', 'the call was given up', { cause })
    default:
      return new SipApiError('unavailable', 'the call could not be made', { cause })
  }
}

/** @throws {SipApiError} for what this gateway does not speak */
function refuseUnspoken({ media, mediaEncryption, trunk }: CreateSIPParticipantRequest): void {
  const required = SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE
  if (media?.encryption === required || mediaEncryption === required) {
    throw new SipApiError('invalid_argument', 'the stand-in speaks no SRTP')
  }
  const transport = trunk?.transport ?? SIPTransport.SIP_TRANSPORT_AUTO
  if (
    transport !== SIPTransport.SIP_TRANSPORT_AUTO &&
    transport !== SIPTransport.SIP_TRANSPORT_UDP
  ) {
    throw new SipApiError('invalid_argument', 'the stand-in speaks SIP over UDP only')
  }
}

import { randomBytes } from 'node:crypto'
import { sendAuthorized } from './authorized-request.ts'
import { type Call, type CallControl, createCall } from './call.ts'
import { contactOf, Dialog } from './dialog.ts'
import { openMedia } from './media.ts'
import type { PhoneContext } from './phone-context.ts'
import { PhoneError } from './phone-error.ts'
import { agree, parseSdp, writeAnswer, writeOffer } from './sdp.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { allowedMethods, createSession } from './session.ts'
import { type NameAddress, parseSipUri } from './sip-address.ts'
import { headersOf, type SipHeader } from './sip-message.ts'

/** A call that rings here and is not answered yet. */
export interface IncomingCall {
  /** The SIP Call-ID. */
  readonly id: string
  /** User part of From and of the request's URI. */
  readonly from: string
  readonly to: string
  readonly headers: readonly SipHeader[]
  /** Aborts when the caller gave up or the call was answered or refused here. */
  readonly over: AbortSignal
  /** Sends 180; may be repeated. */
  ring(): void
  /** Sends 200. @throws {PhoneError} `cancelled` when the caller has given up, `bind-failed` */
  accept(options?: { record?: boolean }): Promise<Call>
  /** 486 busy by default; 603 declines, 480 is not available. */
  reject(status?: number, reason?: string): void
}

/** Reads an INVITE that starts a call. Undefined, and answered, when it cannot be taken. */
export function receiveCall(
  context: PhoneContext,
  transaction: ServerTransaction,
): IncomingCall | undefined {
  const { request } = transaction
  const remoteTarget = contactOf(request)
  const remoteTag = request.from.parameters.get('tag') ?? ''
  const offer = request.body === '' ? undefined : parseSdp(request.body)
  const agreed = offer && agree(offer, context.codecs)
  if (!remoteTarget) {
    transaction.respond(400, { reason: 'Contact is missing or malformed' })
    return undefined
  }
  if (request.body !== '' && !agreed) {
    transaction.respond(488)
    return undefined
  }
  const localTag = randomBytes(8).toString('hex')
  const over = new AbortController()
  const decide = (status: number, reason?: string) => {
    if (over.signal.aborted) return
    transaction.respond(status, { toTag: localTag, ...(reason === undefined ? {} : { reason }) })
    over.abort()
  }
  transaction.respond(100)
  transaction.listen({ onCancel: () => decide(487) })

  const accept = async (record: boolean): Promise<Call> => {
    const control: CallControl = createCall({
      id: request.callId,
      direction: 'incoming',
      record,
      driver: {
        play: (pcm, options) => media.play(pcm, options),
        sendDtmf: (keys, options) => media.sendKeys(keys, options),
        hold: () => session.changeDirection('sendonly'),
        unhold: () => session.changeDirection('sendrecv'),
        hangup: () => session.bye(),
        get mediaCounts() {
          return media.counts
        },
      },
      onEnd: () => {
        context.sessions.delete(dialog.key)
        context.calls.delete(control.call)
        media.close()
      },
    })
    const media = await openMedia(context.bindHost, 0, control)
    if (over.signal.aborted) {
      media.close()
      throw new PhoneError('cancelled', 'the caller has given up')
    }
    const dialog = new Dialog({
      callId: request.callId,
      localTag,
      remoteTag,
      localName: withoutTag(request.to),
      remoteName: withoutTag(request.from),
      remoteTarget,
      routes: headersOf(request, 'record-route'),
      localCseq: 0,
      remoteCseq: request.cseq.number,
    })
    const { layer, contact, codecs, timers } = context
    const local = {
      host: context.local.host,
      port: media.port,
      sessionId: String(Date.now()),
      version: 1,
    }
    const session = createSession({
      ...{ dialog, layer, control, media, contact, local, codecs, credentials: undefined },
      byeTimeoutMs: 4 * timers.t1Ms,
    })
    context.sessions.set(dialog.key, session)
    context.calls.add(control.call)
    transaction.listen({
      onAck: (ack) => {
        if (agreed) return
        const answer = parseSdp(ack.body)
        const late = answer && agree(answer, codecs)
        if (late) session.apply(late)
        else session.bye()
      },
      onNoAck: () => {
        control.end({ by: 'local', code: 'no-response' })
        const ignored = { onResponse: () => undefined, onFailure: () => undefined }
        const build = () => dialog.request('BYE')
        sendAuthorized({ layer, credentials: undefined, build, ...ignored })
      },
    })
    const body =
      offer && agreed
        ? writeAnswer({ ...local, direction: agreed.direction }, offer, agreed)
        : writeOffer({ ...local, direction: 'sendrecv' }, codecs)
    transaction.respond(200, {
      toTag: localTag,
      body,
      headers: [
        contact,
        context.userAgent,
        { name: 'Allow', value: allowedMethods },
        { name: 'Content-Type', value: 'application/sdp' },
      ],
    })
    over.abort()
    if (agreed) session.apply(agreed)
    control.answer()
    return control.call
  }

  return {
    id: request.callId,
    from: parseSipUri(request.from.uri)?.user ?? '',
    to: parseSipUri(request.uri)?.user ?? '',
    headers: request.headers,
    over: over.signal,
    ring() {
      if (!over.signal.aborted)
        transaction.respond(180, { toTag: localTag, headers: [context.contact] })
    },
    accept: ({ record = false } = {}) => accept(record),
    reject: (status = 486, reason) => decide(status, reason),
  }
}

function withoutTag({ display, uri }: NameAddress): string {
  const name = display ? `"${display.replace(/["\\]/g, '\\$&')}" ` : ''
  return `${name}<${uri}>`
}

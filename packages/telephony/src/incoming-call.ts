import { sendAuthorized } from './authorized-request.ts'
import { type Call, type CallControl, createCall } from './call.ts'
import { contactOf, Dialog } from './dialog.ts'
import { openMedia } from './media.ts'
import type { PhoneContext } from './phone-context.ts'
import { PhoneError } from './phone-error.ts'
import { agree, parseSdp, writeAnswer, writeOffer } from './sdp.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { allowedMethods, createSession } from './session.ts'
import { type NameAddress, parseSipUri, quoteName, type UdpAddress } from './sip-address.ts'
import { headersOf, type ReceivedRequest, type SipHeader } from './sip-message.ts'

/** A call that rings here and is not answered yet. */
export interface IncomingCall {
  /** The SIP Call-ID. */
  readonly id: string
  /** User part of From and of the request's URI. */
  readonly from: string
  readonly to: string
  readonly headers: readonly SipHeader[]
  /** The INVITE as it came, where it came from, and the tag that our answers to it carry. */
  readonly request: ReceivedRequest
  readonly source: UdpAddress
  readonly localTag: string
  /** Aborts when the caller gave up or the call was answered or refused here. */
  readonly over: AbortSignal
  /** Sends 180; may be repeated. */
  ring(): void
  /** Sends 200. @throws {PhoneError} `cancelled` when the caller has given up, `bind-failed` */
  accept(options?: AcceptOptions): Promise<Call>
  /** 486 busy by default; 603 declines, 480 is not available. */
  reject(status?: number, reason?: string, options?: { headers?: readonly SipHeader[] }): void
}

export interface AcceptOptions {
  /** Keeps all audio of both directions in `call.recording`. */
  readonly record?: boolean
  /** Sent with the 200. */
  readonly headers?: readonly SipHeader[]
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
  const agreed = offer && agree(offer, context.codecs, { prefer: context.prefer })
  if (!remoteTarget) {
    transaction.respond(400, { reason: 'Contact is missing or malformed' })
    return undefined
  }
  if (request.body !== '' && !agreed) {
    transaction.respond(context.badOfferStatus)
    return undefined
  }
  const localTag = context.newTag()
  const over = new AbortController()
  const decide = (status: number, reason?: string, headers: readonly SipHeader[] = []) => {
    if (over.signal.aborted) return
    const said = reason === undefined ? {} : { reason }
    transaction.respond(status, { toTag: localTag, headers, ...said })
    over.abort()
  }
  transaction.respond(100)
  transaction.listen({ onCancel: () => decide(487) })

  const accept = async ({ record = false, headers = [] }: AcceptOptions): Promise<Call> => {
    const control: CallControl = createCall({
      id: request.callId,
      direction: 'incoming',
      record,
      driver: {
        play: (pcm, options) => media.play(pcm, options),
        playFrom: (source) => media.playFrom(source),
        refer: (target, options) => session.refer(target, options),
        sendDtmf: (keys, options) => media.sendKeys(keys, options),
        hold: () => session.changeDirection('sendonly'),
        unhold: () => session.changeDirection('sendrecv'),
        hangup: (how) => session.bye(how),
        remoteTag,
        remoteHeaders: request.headers,
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
    const media = await openMedia(context.bindHost, context, control)
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
    const isHoldIgnored = context.holds === 'ignored'
    const body =
      offer && agreed
        ? writeAnswer(
            { ...local, direction: isHoldIgnored ? 'sendrecv' : agreed.direction },
            offer,
            agreed,
          )
        : writeOffer({ ...local, direction: 'sendrecv' }, codecs)
    const session = createSession({
      ...{ dialog, layer, control, media, contact, local, codecs, credentials: undefined },
      byeTimeoutMs: 4 * timers.t1Ms,
      fixedDescription: isHoldIgnored ? body : undefined,
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
    transaction.respond(200, {
      toTag: localTag,
      body,
      headers: [
        contact,
        context.userAgent,
        { name: 'Allow', value: allowedMethods },
        { name: 'Content-Type', value: 'application/sdp' },
        ...headers,
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
    request,
    source: transaction.source,
    localTag,
    over: over.signal,
    ring() {
      if (!over.signal.aborted)
        transaction.respond(180, { toTag: localTag, headers: [context.contact] })
    },
    accept: (options = {}) => accept(options),
    reject: (status = 486, reason, { headers } = {}) => decide(status, reason, headers),
  }
}

function withoutTag({ display, uri }: NameAddress): string {
  const name = display ? `${quoteName(display)} ` : ''
  return `${name}<${uri}>`
}

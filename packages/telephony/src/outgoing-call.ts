import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { sendAuthorized } from './authorized-request.ts'
import { type Call, type CallEnd, createCall } from './call.ts'
import type { Codec } from './codec.ts'
import { contactOf, Dialog } from './dialog.ts'
import type { Credentials } from './digest.ts'
import { openMedia } from './media.ts'
import type { PhoneContext } from './phone-context.ts'
import { PhoneError } from './phone-error.ts'
import { agree, parseSdp, writeOffer } from './sdp.ts'
import { allowedMethods, createSession, type Session } from './session.ts'
import { escapeUser, quoteName, type UdpAddress } from './sip-address.ts'
import { headerOf, headersOf, type ReceivedResponse, type SipHeader } from './sip-message.ts'

export interface CallOptions extends UdpAddress {
  /** Number, name or whole sip: URI to call. */
  readonly to: string
  /** Number or name that calls. */
  readonly from: string
  readonly credentials?: Credentials
  readonly codecs?: readonly Codec[]
  readonly headers?: readonly SipHeader[]
  /** Name that is shown to the callee beside `from`. */
  readonly displayName?: string
  /** Our tag; a random one by default. */
  readonly localTag?: string
  /** How long it may ring; then CANCEL is sent and the call ends with `not-answered`. */
  readonly ringTimeoutMs?: number
  /** Keeps all audio of both directions in `call.recording`. */
  readonly record?: boolean
  /** Hangs up when it aborts. */
  readonly signal?: AbortSignal
}

type Abandonment = { readonly code: 'cancelled' | 'not-answered' }

/** Sends INVITE; the call it returns is `calling`. @throws {PhoneError} `bind-failed` */
export async function placeCall(context: PhoneContext, options: CallOptions): Promise<Call> {
  const { layer, local, contact, timers } = context
  const { to, from, host, port, credentials, record = false, signal } = options
  const codecs = options.codecs ?? context.codecs
  signal?.throwIfAborted()
  const callId = randomUUID()
  const localTag = options.localTag ?? randomBytes(8).toString('hex')
  const uri = /^sips?:/i.test(to) ? to : `sip:${escapeUser(to)}@${host}:${port}`
  const shown = options.displayName === undefined ? '' : `${quoteName(options.displayName)} `
  const localName = `${shown}<sip:${escapeUser(from)}@${local.host}>`
  const remoteName = `<${uri}>`
  let cseq = randomInt(1, 10_000)
  let provisional = false
  let abandoned: Abandonment | undefined
  let cancelTimer: NodeJS.Timeout | undefined
  let established: { session: Session; key: string; answer: ReceivedResponse } | undefined
  /** By the To tag of the 2xx: a forking proxy may bring several. */
  const answers = new Map<string, Session>()

  const control = createCall({
    id: callId,
    direction: 'outgoing',
    record,
    driver: {
      play: (pcm, playOptions) => media.play(pcm, playOptions),
      playFrom: (source) => media.playFrom(source),
      async refer(target, referOptions) {
        if (!established) throw new PhoneError('call-over', 'the call is not answered')
        return await established.session.refer(target, referOptions)
      },
      sendDtmf: (keys, keyOptions) => media.sendKeys(keys, keyOptions),
      hold: () => change('sendonly'),
      unhold: () => change('sendrecv'),
      hangup: (how) =>
        established ? established.session.bye(how) : abandon({ code: 'cancelled' }),
      get remoteTag() {
        return established?.answer.to.parameters.get('tag') ?? ''
      },
      get remoteHeaders() {
        return established?.answer.headers ?? []
      },
      get mediaCounts() {
        return media.counts
      },
    },
    onEnd: () => {
      clearTimeout(ringTimer)
      clearTimeout(cancelTimer)
      signal?.removeEventListener('abort', hangUp)
      if (established) context.sessions.delete(established.key)
      context.calls.delete(control.call)
      media.close()
    },
  })
  const media = await openMedia(context.bindHost, context, control)
  const session = { host: local.host, port: media.port, sessionId: String(Date.now()), version: 1 }
  const change = async (wish: 'sendrecv' | 'sendonly') => {
    if (!established) throw new PhoneError('call-over', 'the call is not answered')
    await established.session.changeDirection(wish)
  }

  const abandon = (why: Abandonment) => {
    if (abandoned || control.isOver) return
    abandoned = why
    if (provisional) return cancel()
    // CANCEL must wait for a provisional response; a peer that sends none may not exist (RFC 3261, section 9.1).
    cancelTimer = setTimeout(() => control.end({ by: 'local', ...why }), 4 * timers.t1Ms)
  }
  const cancel = () => {
    clearTimeout(cancelTimer)
    invite.cancel()
    const { code } = abandoned ?? { code: 'cancelled' as const }
    cancelTimer = setTimeout(() => control.end({ by: 'local', code }), 64 * timers.t1Ms).unref()
  }

  const receiveFinal = (response: ReceivedResponse) => {
    const { status, reason } = response
    if (status >= 300) {
      const code = status === 401 || status === 407 ? 'unauthorized' : 'rejected'
      const end: Omit<CallEnd, 'at'> = abandoned
        ? { by: 'local', code: abandoned.code, status }
        : { by: 'remote', code, status, reason }
      return control.end(end)
    }
    const tag = response.to.parameters.get('tag') ?? ''
    const known = answers.get(tag)
    if (known) return known.acknowledge(response, invite.authorization)
    const dialog = new Dialog({
      callId,
      localTag,
      remoteTag: tag,
      localName,
      remoteName,
      remoteTarget: contactOf(response) ?? uri,
      routes: headersOf(response, 'record-route').reverse(),
      localCseq: cseq,
      remoteCseq: undefined,
    })
    const next = createSession({
      ...{ dialog, layer, control, media, contact, local: session, codecs, credentials },
      byeTimeoutMs: 4 * timers.t1Ms,
      fixedDescription: context.holds === 'ignored' ? body : undefined,
    })
    answers.set(tag, next)
    next.acknowledge(response, invite.authorization)
    if (established || control.isOver) return leave(dialog) // another branch of a fork, or too late
    established = { session: next, key: dialog.key, answer: response }
    clearTimeout(ringTimer)
    context.sessions.set(dialog.key, next)
    if (abandoned) return next.bye()
    const remote = parseSdp(response.body)
    const agreed = remote && agree(remote, codecs)
    if (!agreed) {
      control.end({ by: 'local', code: 'bad-answer', status })
      return leave(dialog)
    }
    next.apply(agreed)
    control.answer()
  }

  const leave = (dialog: Dialog) => {
    const ignored = { onResponse: () => undefined, onFailure: () => undefined }
    sendAuthorized({ layer, credentials, build: () => dialog.request('BYE'), ...ignored })
  }

  const headers: SipHeader[] = [
    contact,
    context.userAgent,
    { name: 'Allow', value: allowedMethods },
    { name: 'Content-Type', value: 'application/sdp' },
    ...(options.headers ?? []),
  ]
  const first = new Dialog({
    ...{ callId, localTag, remoteTag: '', localName, remoteName, remoteTarget: uri, routes: [] },
    localCseq: cseq - 1,
    remoteCseq: undefined,
  })
  const body = writeOffer({ ...session, direction: 'sendrecv' }, codecs)
  const ringTimer = options.ringTimeoutMs
    ? setTimeout(() => abandon({ code: 'not-answered' }), options.ringTimeoutMs)
    : undefined
  const hangUp = () => void control.call.hangup()
  signal?.addEventListener('abort', hangUp, { once: true })
  context.calls.add(control.call)
  const invite = sendAuthorized({
    layer,
    credentials,
    build: () => {
      const { request } = first.request('INVITE', { headers, body })
      cseq = Number.parseInt(headerOf(request, 'cseq') ?? '', 10)
      provisional = false
      return { request, address: { host, port } }
    },
    onChallenge: () => control.mark('challengedAt'),
    onFailure: (why) => {
      const code = why === 'timeout' ? 'no-response' : 'transport'
      control.end({ by: 'local', code: abandoned?.code ?? code })
    },
    onResponse: (response) => {
      if (response.status >= 200) return receiveFinal(response)
      provisional = true
      control.mark('tryingAt')
      if (abandoned) return cancel()
      if (response.status === 180 || response.status === 183) control.ring()
    },
  })
  return control.call
}

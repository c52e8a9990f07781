import { epochNow } from '@trunkline/runtime'
import { sendAuthorized } from './authorized-request.ts'
import type { CallControl, HangupOptions } from './call.ts'
import type { Codec } from './codec.ts'
import type { Dialog } from './dialog.ts'
import type { Credentials } from './digest.ts'
import type { Media } from './media.ts'
import { PhoneError } from './phone-error.ts'
import { readRefer } from './refer.ts'
import { createReferrer, type Referrer } from './refer-request.ts'
import { type Agreement, agree, type Direction, parseSdp, writeAnswer, writeOffer } from './sdp.ts'
import type { ServerTransaction } from './server-transaction.ts'
import type { UdpAddress } from './sip-address.ts'
import { headerOf, type ReceivedResponse, type SipHeader, type SipRequest } from './sip-message.ts'
import type { TransactionLayer } from './transaction-layer.ts'

/** Methods this phone answers; the value of Allow. */
export const allowedMethods = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY'

const sdpType: SipHeader = { name: 'Content-Type', value: 'application/sdp' }
const referDecisionMs = 8000

/** Our side's session descriptions: same session, next version each time (RFC 3264, section 8). */
interface LocalSession {
  readonly host: string
  readonly port: number
  readonly sessionId: string
  version: number
}

export interface SessionOptions {
  readonly dialog: Dialog
  readonly layer: TransactionLayer
  readonly control: CallControl
  readonly media: Media
  readonly contact: SipHeader
  readonly local: LocalSession
  readonly codecs: readonly Codec[]
  readonly credentials: Credentials | undefined
  /** How long a BYE may go unanswered before the call counts as over. */
  readonly byeTimeoutMs: number
  /** Our side's description that every re-INVITE gets, where holds are ignored. */
  readonly fixedDescription: string | undefined
}

/** An established call's signalling. */
export interface Session extends Pick<Referrer, 'refer'> {
  /** A request of the peer within the dialog. */
  handle(transaction: ServerTransaction): void
  /** ACK for the 2xx with this CSeq; sent again whenever that 2xx comes again. */
  acknowledge(response: ReceivedResponse, authorization: SipHeader | undefined): void
  apply(agreement: Agreement): void
  changeDirection(wish: 'sendrecv' | 'sendonly'): Promise<void>
  bye(options?: HangupOptions): void
}

export function createSession(options: SessionOptions): Session {
  const { dialog, layer, control, media, contact, local, codecs, credentials } = options
  const acks = new Map<number, { request: SipRequest; address: UdpAddress }>()
  let wish: 'sendrecv' | 'sendonly' = 'sendrecv'
  let isHeld = false
  let isReinviting = false
  let isLeaving = false

  const describe = (direction: Direction) => {
    local.version += 1
    return { ...local, direction }
  }

  const apply = (agreement: Agreement) => {
    if (options.fixedDescription !== undefined) {
      return media.apply({ ...agreement, direction: 'sendrecv' })
    }
    media.apply(agreement)
    const wasHeld = isHeld
    isHeld = agreement.direction === 'recvonly' || agreement.direction === 'inactive'
    if (isHeld !== wasHeld) control.emit({ type: isHeld ? 'hold' : 'unhold', at: epochNow() })
  }

  const acknowledge: Session['acknowledge'] = (response, authorization) => {
    const { number } = response.cseq
    const known = acks.get(number)
    const { request, address } =
      known ??
      dialog.request('ACK', { cseq: number, headers: authorization ? [authorization] : [] })
    if (!address) return
    acks.set(number, { request, address })
    layer.sendAck(request, address)
  }

  const answerReinvite = (transaction: ServerTransaction) => {
    const { request } = transaction
    const headers = [contact, sdpType, { name: 'Allow', value: allowedMethods }]
    if (isReinviting) return transaction.respond(491)
    if (request.body === '') {
      // No offer in the request: ours goes into the 200, and the answer comes with the ACK.
      dialog.retarget(request)
      transaction.listen({ onAck: (ack) => applyBody(ack.body) })
      const body = options.fixedDescription ?? writeOffer(describe(wish), codecs)
      return transaction.respond(200, { headers, body })
    }
    const offer = parseSdp(request.body)
    const agreed = offer && agree(offer, codecs)
    if (!offer || !agreed) return transaction.respond(488)
    dialog.retarget(request)
    const { fixedDescription } = options
    if (fixedDescription !== undefined) {
      transaction.respond(200, { headers, body: fixedDescription })
      // 0.0.0.0 is the hold of RFC 2543: nowhere to send to.
      if (agreed.host !== '0.0.0.0') apply(agreed)
      return
    }
    const direction = restrict(agreed.direction, wish)
    transaction.respond(200, { headers, body: writeAnswer(describe(direction), offer, agreed) })
    apply(agreed)
  }

  const applyBody = (body: string): boolean => {
    const remote = parseSdp(body)
    const agreed = remote && agree(remote, codecs)
    if (!agreed) return false
    apply(agreed)
    return true
  }

  const answerRefer = (transaction: ServerTransaction) => {
    const notify = (headers: SipHeader[], body: string) =>
      sendAuthorized({
        layer,
        credentials,
        build: () => dialog.request('NOTIFY', { headers, body }),
        onResponse: () => undefined,
        onFailure: () => undefined, // the peer sees that no report comes; the call goes on
      })
    const read = readRefer(transaction, { contact, notify })
    if (!read) return
    if (!control.emit({ type: 'refer', refer: read.refer })) return read.refer.reject()
    const decline = () => {
      if (!read.isDecided) read.refer.reject()
    }
    setTimeout(decline, referDecisionMs).unref()
  }

  const referrer = createReferrer({
    send: (headers, handlers) =>
      sendAuthorized({
        layer,
        credentials,
        build: () => dialog.request('REFER', { headers: [contact, ...headers] }),
        ...handlers,
      }),
  })
  void control.call.ended.then(() => referrer.close())

  const bye = ({ headers = [] }: HangupOptions = {}) => {
    if (isLeaving || control.isOver) return
    isLeaving = true
    media.close()
    const finish = () => {
      clearTimeout(timer)
      control.end({ by: 'local', code: 'hangup' })
    }
    const timer = setTimeout(finish, options.byeTimeoutMs)
    sendAuthorized({
      layer,
      credentials,
      build: () => dialog.request('BYE', { headers }),
      onResponse: ({ status }) => {
        if (status >= 200) finish()
      },
      onFailure: finish,
    })
  }

  const changeDirection = (next: 'sendrecv' | 'sendonly') =>
    new Promise<void>((resolve, reject) => {
      if (control.isOver || isLeaving) throw new PhoneError('call-over', 'the call is over')
      if (isReinviting)
        throw new PhoneError('rejected', 'another change is under way', { status: 491 })
      isReinviting = true
      const fail = (error: PhoneError) => {
        isReinviting = false
        reject(error)
      }
      const body = writeOffer(describe(next), codecs)
      let answeredCseq: number | undefined
      const sent = sendAuthorized({
        layer,
        credentials,
        build: () => dialog.request('INVITE', { headers: [contact, sdpType], body }),
        onFailure: () => fail(new PhoneError('no-response', 'the change was not answered')),
        onResponse: (response) => {
          const { status } = response
          if (status < 200) return
          if (status >= 300) {
            return fail(new PhoneError('rejected', 'the peer refused the change', { status }))
          }
          acknowledge(response, sent.authorization)
          if (answeredCseq === response.cseq.number) return
          answeredCseq = response.cseq.number
          isReinviting = false
          wish = next
          dialog.retarget(response)
          if (applyBody(response.body)) resolve()
          else reject(new PhoneError('bad-answer', 'the peer answered without usable audio'))
        },
      })
    })

  return {
    acknowledge,
    apply,
    changeDirection,
    bye,
    refer: referrer.refer,
    handle(transaction) {
      const { request } = transaction
      if (!dialog.accept(request.cseq.number)) return transaction.respond(500)
      switch (request.method) {
        case 'INVITE':
          return answerReinvite(transaction)
        case 'BYE': {
          transaction.respond(200)
          const reason = headerOf(request, 'reason')
          const by = isLeaving ? 'local' : 'remote'
          return control.end({ by, code: 'hangup', ...(reason === undefined ? {} : { reason }) })
        }
        case 'REFER':
          return answerRefer(transaction)
        case 'NOTIFY':
          referrer.notify(request)
          return transaction.respond(200)
        case 'OPTIONS':
          return transaction.respond(200, { headers: [{ name: 'Allow', value: allowedMethods }] })
        default:
          return transaction.respond(405, { headers: [{ name: 'Allow', value: allowedMethods }] })
      }
    },
  }
}

/** Our answer's direction while we hold the peer ourselves. */
function restrict(agreed: Direction, wish: 'sendrecv' | 'sendonly'): Direction {
  if (wish === 'sendrecv') return agreed
  return agreed === 'sendrecv' || agreed === 'sendonly' ? 'sendonly' : 'inactive'
}

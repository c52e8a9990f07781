import type { ServerTransaction } from './server-transaction.ts'
import { parseNameAddress } from './sip-address.ts'
import { headerOf, type SipHeader } from './sip-message.ts'

/** A peer's wish that we call someone else (RFC 3515). The application decides; unhandled it is declined. */
export interface Refer {
  /** The URI to call. */
  readonly target: string
  /** Answers 202 and gives the means to report; a final status ends the reports. */
  accept(): { notify(status: number, reason: string): void }
  reject(status?: number): void
}

export interface ReferControl {
  readonly refer: Refer
  readonly isDecided: boolean
}

/** Undefined, and 400 answered, when the request names nobody to call. */
export function readRefer(
  transaction: ServerTransaction,
  { contact, notify }: { contact: SipHeader; notify: (headers: SipHeader[], body: string) => void },
): ReferControl | undefined {
  const target = parseNameAddress(headerOf(transaction.request, 'refer-to') ?? '')?.uri
  if (!target) {
    transaction.respond(400, { reason: 'Refer-To is missing or malformed' })
    return undefined
  }
  let isDecided = false
  let isFinished = false
  const id = transaction.request.cseq.number
  const report = (status: number, reason: string) => {
    if (isFinished) return
    isFinished = status >= 200
    const state = isFinished ? 'terminated;reason=noresource' : 'active;expires=60'
    notify(
      [
        { name: 'Event', value: `refer;id=${id}` },
        { name: 'Subscription-State', value: state },
        { name: 'Content-Type', value: 'message/sipfrag;version=2.0' },
        contact,
      ],
      `SIP/2.0 ${status} ${reason}\r\n`,
    )
  }
  return {
    get isDecided() {
      return isDecided
    },
    refer: {
      target,
      accept() {
        isDecided = true
        transaction.respond(202, { headers: [contact] })
        report(100, 'Trying') // RFC 3515, section 2.4.4: one at once
        return { notify: report }
      },
      reject(status = 603) {
        isDecided = true
        transaction.respond(status)
      },
    },
  }
}

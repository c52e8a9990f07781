import { PhoneError } from './phone-error.ts'
import type { ReceivedRequest, ReceivedResponse, SipHeader } from './sip-message.ts'

/** What the one that was referred says about its new call: a final SIP status. */
export interface ReferOutcome {
  readonly status: number
  readonly reason: string
}

export interface ReferOptions {
  readonly headers?: readonly SipHeader[]
  /** Ends the waiting, not the referral. */
  readonly signal?: AbortSignal
}

export interface Referrer {
  /** @throws {PhoneError} `call-over` with the 2xx as its status when the peer accepts, and hangs up without a report */
  refer(target: string, options?: ReferOptions): Promise<ReferOutcome>
  /** A NOTIFY of the peer; what reports on no referral is ignored. */
  notify(request: ReceivedRequest): void
  /** The call is over, and with it what is awaited; a referral that is not answered yet still gets its answer. */
  close(): void
}

interface ReferrerOptions {
  readonly send: (
    headers: readonly SipHeader[],
    handlers: {
      onResponse: (response: ReceivedResponse) => void
      onFailure: (reason: 'timeout' | 'transport') => void
    },
  ) => void
}

interface Pending {
  /** The 2xx that the peer has answered with. */
  accepted?: number
  settle(outcome: ReferOutcome): void
  fail(error: unknown): void
}

/** The referring side of RFC 3515: REFER goes out, NOTIFYs tell how the peer's call to the target fares. */
export function createReferrer({ send }: ReferrerOptions): Referrer {
  // One at a time is awaited: a peer leaves the id out of its first report (RFC 3515, section 2.4.6).
  let pending: Pending | undefined
  let isClosed = false

  return {
    refer(target, { headers = [], signal } = {}) {
      return new Promise((resolve, reject) => {
        if (isClosed) throw callOver()
        if (pending) throw new PhoneError('rejected', 'another referral is under way')
        signal?.throwIfAborted()
        const onAbort = () => own.fail(signal?.reason)
        const finish = () => {
          signal?.removeEventListener('abort', onAbort)
          if (pending === own) pending = undefined
        }
        const own: Pending = {
          settle(outcome: ReferOutcome) {
            finish()
            resolve(outcome)
          },
          fail(error: unknown) {
            finish()
            reject(error)
          },
        }
        pending = own
        signal?.addEventListener('abort', onAbort, { once: true })
        send([{ name: 'Refer-To', value: bracketed(target) }, ...headers], {
          onFailure: (why) => {
            const code = why === 'timeout' ? 'no-response' : 'transport'
            own.fail(new PhoneError(code, 'the referral was not answered'))
          },
          onResponse({ status, reason }) {
            if (status < 200) return
            if (status < 300) {
              // What comes of it is told by NOTIFY, unless the peer has hung up by now.
              own.accepted = status
              if (isClosed) own.fail(callOver(status))
              return
            }
            const cause = { status, reason }
            own.fail(new PhoneError('rejected', 'the peer refused the referral', { status, cause }))
          },
        })
      })
    },
    notify(request) {
      const outcome = readSipfrag(request.body)
      if (outcome && outcome.status >= 200) pending?.settle(outcome)
    },
    close() {
      isClosed = true
      if (pending?.accepted !== undefined) pending.fail(callOver(pending.accepted))
    },
  }
}

/** The status line in a NOTIFY's body; undefined for anything else. */
export function readSipfrag(body: string): ReferOutcome | undefined {
  const match = /^SIP\/2\.0 ([1-6]\d\d)(?: ([^\r\n]*))?/i.exec(body.trimStart())
  return match ? { status: Number(match[1]), reason: (match[2] ?? '').trim() } : undefined
}

/** A URI with parameters needs brackets, or they would be the header's own (RFC 3261, section 20.10). */
function bracketed(target: string): string {
  return /^[^<>;,?]*$/.test(target) ? target : `<${target.replace(/[<>]/g, '')}>`
}

/** @param status the peer's answer to the referral, where it has accepted it */
function callOver(status?: number): PhoneError {
  return new PhoneError('call-over', 'the call is over', status === undefined ? {} : { status })
}

import type { Stack } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import {
  type Call,
  createPhone,
  findLocalAddress,
  type IncomingCall,
  type Refer,
} from '@trunkline/telephony'
import { callees } from './numbers.ts'
import { callLine } from './phone-talk.ts'

/** A caller's telephone, and the one that callers are handed over to. */
export interface TransferPeers {
  /** Begins a call to the stack's line. Whom a REFER names is called at the other telephone, and how that went is reported. */
  callIn(): Promise<{ readonly call: Call; readonly asked: readonly string[] }>
  /** The calls that came to the other telephone. */
  readonly incoming: readonly IncomingCall[]
  close(): Promise<void>
}

/** A carrier gives up a target that rings for longer. */
const ringTimeoutMs = 3000

export async function startTransferPeers(stack: Stack): Promise<TransferPeers> {
  const host = await findLocalAddress(stack.sip?.host ?? '127.0.0.1')
  const incoming: IncomingCall[] = []
  const colleague = await createPhone({
    host,
    onIncoming(call) {
      incoming.push(call)
      treat(call)
    },
  })
  const phone = await createPhone({ host })
  const follow = async (refer: Refer) => {
    const to = refer.target.replace(/^tel:/, '')
    const { notify } = refer.accept()
    const leg = await phone.call({
      ...{ to, from: '+4915112345678', ringTimeoutMs },
      ...colleague.address,
    })
    try {
      await leg.answered
      notify(200, 'OK')
    } catch {
      // How a call ends that is not answered is a status, and 408 where nobody has given one.
      const { status = 408, reason = 'Request Timeout' } = await leg.ended
      notify(status, reason)
    }
  }
  return {
    incoming,
    async callIn() {
      const call = await callLine(stack, phone)
      const asked: string[] = []
      call.subscribe((event) => {
        if (event.type !== 'refer') return
        asked.push(event.refer.target)
        inBackground(follow(event.refer), { onError: () => {} }) // no report comes: the test sees it
      })
      return { call, asked }
    },
    async close() {
      await phone.close()
      await colleague.close()
    },
  }
}

const refusals: Readonly<Record<string, number>> = { [callees.busy]: 486, [callees.declines]: 603 }

function treat(call: IncomingCall): void {
  const number = call.to.replace(/^sip:|@.*$/g, '')
  const status = refusals[number]
  if (status !== undefined) {
    call.reject(status)
    return
  }
  call.ring()
  if (number === callees.answers) inBackground(call.accept(), { onError: () => {} }) // it was cancelled
}

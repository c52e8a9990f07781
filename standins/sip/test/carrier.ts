import { type Call, createPhone, type IncomingCall, type Refer } from '@trunkline/telephony'
import type { Setting } from './setting.ts'
import { number } from './setting.ts'

/** The other end of an outbound trunk. */
export interface Carrier {
  readonly trunkId: string
  readonly address: string
  readonly incoming: readonly IncomingCall[]
  /** Messages that came, by their first line. */
  readonly received: readonly string[]
  /** The last call that was answered here. */
  answered(): Promise<Call>
  close(): Promise<void>
}

/** What the carrier does with a call that comes to it. */
export type Treatment = (call: IncomingCall) => Promise<Call> | undefined

export const answers: Treatment = (call) => {
  call.ring()
  return call.accept({ record: true })
}
export const rings: Treatment = (call) => void call.ring()
export const refuses =
  (status: number, reason?: string): Treatment =>
  (call) =>
    void call.reject(status, reason)

export async function openCarrier(setting: Setting, treat: Treatment): Promise<Carrier> {
  const incoming: IncomingCall[] = []
  const received: string[] = []
  const calls: Call[] = []
  const waiting: ((call: Call) => void)[] = []
  const phone = await createPhone({
    onTrace({ direction, text }) {
      if (direction === 'received') received.push(text)
    },
    onIncoming(call) {
      incoming.push(call)
      void treat(call)?.then((answered) => {
        calls.push(answered)
        for (const tell of waiting.splice(0)) tell(answered)
      })
    },
  })
  const address = `127.0.0.1:${phone.address.port}`
  const trunk = await setting.admin.createSipOutboundTrunk('carrier', address, [number])
  return {
    ...{ trunkId: trunk.sipTrunkId, address, incoming, received },
    answered: async () =>
      calls.at(-1) ?? (await new Promise<Call>((resolve) => waiting.push(resolve))),
    async close() {
      await setting.admin.deleteSipTrunk(trunk.sipTrunkId)
      await phone.close()
    },
  }
}

/** Decides on the referrals that come to a call; gives their targets. */
export function treatReferrals(call: Call, decide: (refer: Refer) => void): readonly string[] {
  const targets: string[] = []
  call.subscribe((event) => {
    if (event.type !== 'refer') return
    targets.push(event.refer.target)
    decide(event.refer)
  })
  return targets
}

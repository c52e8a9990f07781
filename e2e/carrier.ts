import type { Stack } from '@trunkline/contracts'
import { createPhone, findLocalAddress, type IncomingCall } from '@trunkline/telephony'
import { SipClient } from 'livekit-server-sdk'
import { callees } from './numbers.ts'

/** A carrier that is a telephone: it rings for some numbers and refuses the others. */
export interface Carrier {
  /** The calls that came to it so far. */
  readonly incoming: readonly IncomingCall[]
  /** LiveKit's outbound trunk that leads here. */
  readonly trunkId: string
  close(): Promise<void>
}

const refusals: Readonly<Record<string, number>> = {
  [callees.busy]: 486,
  [callees.declines]: 603,
  [callees.unknown]: 404,
  [callees.trunkFails]: 503,
}

export async function startCarrier({ livekit, sip }: Stack): Promise<Carrier> {
  const incoming: IncomingCall[] = []
  const phone = await createPhone({
    host: await findLocalAddress(sip?.host ?? '127.0.0.1'),
    onIncoming(call) {
      incoming.push(call)
      const status = refusals[call.to.replace(/^sip:|@.*$/g, '')]
      if (status === undefined) call.ring()
      else call.reject(status)
    },
  })
  const client = new SipClient(
    livekit.url.replace(/^ws/, 'http'),
    livekit.apiKey,
    livekit.apiSecret,
  )
  const address = `${phone.address.host}:${phone.address.port}`
  const trunk = await client.createSipOutboundTrunk('e2e carrier', address, ['*'])
  return {
    incoming,
    trunkId: trunk.sipTrunkId,
    async close() {
      await client.deleteSipTrunk(trunk.sipTrunkId)
      await phone.close()
    },
  }
}

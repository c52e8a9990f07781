import { type Call, type CallOptions, createPhone, type Phone } from '@trunkline/telephony'
import { SipClient } from 'livekit-server-sdk'
import { afterAll, beforeAll } from 'vitest'
import type { LivekitChain } from '../../../packages/telephony/test/livekit-chain.ts'
import { waitFor } from '../../../packages/telephony/test/programs.ts'
import { type Guest, joinAsGuest } from './guest.ts'

export const number = '+4915112345678'

/** What stories about a gateway have in common: the chain of real parts, a caller's telephone and the SIP API. */
export interface Setting {
  readonly chain: LivekitChain
  readonly phone: Phone
  /** Trunks and rules: livekit-server's own. */
  readonly admin: SipClient
  /**
   * Asks the gateway to dial out or to hand over. What livekit-sip has not taken up within psrpc's second, on a machine
   * that stands still for so long, ends in "no response from servers" and has dialled nobody: it is asked again.
   */
  ask<T>(request: (api: SipClient) => Promise<T>): Promise<T>
  dial(options?: Partial<CallOptions>): Promise<Call>
  /** Joins the room that was made for this call, found by the start of its name. */
  join(call: Call, prefix: string): Promise<Guest & { readonly name: string }>
  /** A call from `number` that a guest, who speaks, has answered. */
  talk(options?: Partial<CallOptions>): Promise<{ call: Call; guest: Guest; name: string }>
}

let dialled = 0

/** A number that no other story dials. */
export function newNumber(): string {
  dialled += 1
  return `+4930${String(dialled).padStart(6, '0')}`
}

const attempts = 5

async function askUntilTaken<T>(request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request()
    } catch (error) {
      const isTaken = !(
        error instanceof Error && error.message.includes('no response from servers')
      )
      if (isTaken || attempt === attempts) throw error
    }
  }
}

/** Starts the chain for the suite that this is called in. */
export function useSetting(start: () => Promise<LivekitChain>): () => Setting {
  let setting: Setting | undefined
  beforeAll(async () => {
    setting = await open(await start())
  })
  afterAll(async () => {
    await setting?.phone.close()
    await setting?.chain.close()
  })
  return () => {
    if (!setting) throw new Error('the chain does not stand')
    return setting
  }
}

async function open(chain: LivekitChain): Promise<Setting> {
  const phone = await createPhone()
  const { apiKey, apiSecret } = chain.keys
  const client = (url: string) => new SipClient(url, apiKey, apiSecret, { failover: false })
  const api = client(chain.apiUrl)
  const dial = (options: Partial<CallOptions> = {}) =>
    phone.call({
      ...{ to: newNumber(), from: number, credentials: chain.credentials },
      ...{ ringTimeoutMs: 20_000, record: true },
      ...chain.sip,
      ...options,
    })
  const join = async (call: Call, prefix: string) => {
    const name = await waitFor(`the room ${prefix}…`, async () => {
      if (call.state.kind === 'ended') throw new Error('the call is over')
      return (await chain.rooms.listRooms()).find((room) => room.name.startsWith(prefix))?.name
    })
    return { name, ...(await joinAsGuest(chain, name)) }
  }
  return {
    ...{ chain, phone, dial, join },
    admin: client(chain.url.replace(/^ws/, 'http')),
    ask: (request) => askUntilTaken(() => request(api)),
    async talk(options = {}) {
      const to = options.to ?? newNumber()
      const call = await dial({ ...options, to })
      const guest = await join(call, `call_${to}`)
      await guest.speak()
      await call.answered
      return { call, guest, name: guest.name }
    },
  }
}

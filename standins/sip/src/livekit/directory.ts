import {
  type SIPDispatchRuleInfo,
  type SIPInboundTrunkInfo,
  type SIPOutboundTrunkInfo,
  SipClient,
} from 'livekit-server-sdk'
import type { LiveKitConfig } from '../config.ts'

/** What says which calls are taken and where they go. */
export interface Routes {
  readonly trunks: readonly SIPInboundTrunkInfo[]
  readonly rules: readonly SIPDispatchRuleInfo[]
}

/** Trunks and dispatch rules, asked of livekit-server's public API. */
export interface Directory {
  /**
   * As they are now; who asks at the same time is told the same.
   * @throws when livekit-server cannot be reached or refuses
   */
  routes(): Promise<Routes>
  /** @throws as `routes` */
  outboundTrunk(id: string): Promise<SIPOutboundTrunkInfo | undefined>
}

const requestTimeoutSeconds = 3

export function createDirectory(livekit: LiveKitConfig): Directory {
  const url = livekit.url.replace(/^ws/, 'http')
  const client = new SipClient(url, livekit.apiKey, livekit.apiSecret, {
    requestTimeout: requestTimeoutSeconds,
  })
  let asked: Promise<Routes> | undefined

  const ask = async (): Promise<Routes> => {
    const [trunks, rules] = await Promise.all([
      client.listSipInboundTrunk(),
      client.listSipDispatchRule(),
    ])
    return { trunks, rules }
  }

  return {
    routes() {
      // One question at a time, however many calls come in; an older answer would hide a trunk that is more exact.
      asked ??= ask().finally(() => {
        asked = undefined
      })
      return asked
    },
    async outboundTrunk(id) {
      const trunks = await client.listSipOutboundTrunk({ trunkIds: [id] })
      return trunks.find(({ sipTrunkId }) => sipTrunkId === id)
    },
  }
}

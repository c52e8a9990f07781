import { randomUUID } from 'node:crypto'
import { SIPDispatchRuleInfo, SIPInboundTrunkInfo, SIPOutboundTrunkInfo } from '@livekit/protocol'
import { TwirpFault } from './twirp-fault.ts'

const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 12)}`

/** Trunks and rules as they lie in LiveKit's Redis. */
export function createFakeSip() {
  const inbound = new Map<string, SIPInboundTrunkInfo>()
  const outbound = new Map<string, SIPOutboundTrunkInfo>()
  const rules = new Map<string, SIPDispatchRuleInfo>()
  return {
    inbound,
    outbound,
    rules,
    addInbound(trunk: SIPInboundTrunkInfo) {
      const made = new SIPInboundTrunkInfo({ ...trunk, sipTrunkId: newId('ST') })
      inbound.set(made.sipTrunkId, made)
      return made
    },
    addOutbound(trunk: SIPOutboundTrunkInfo) {
      const made = new SIPOutboundTrunkInfo({ ...trunk, sipTrunkId: newId('ST') })
      outbound.set(made.sipTrunkId, made)
      return made
    },
    addRule(rule: SIPDispatchRuleInfo) {
      const made = new SIPDispatchRuleInfo({ ...rule, sipDispatchRuleId: newId('SDR') })
      rules.set(made.sipDispatchRuleId, made)
      return made
    },
    replace<T>(store: Map<string, T>, { id, value }: { id: string; value: T }): T {
      if (!store.has(id)) throw new TwirpFault('not_found', 'object cannot be found')
      store.set(id, value)
      return value
    },
    take<T>(store: Map<string, T>, id: string): T {
      const found = store.get(id)
      if (found === undefined) throw new TwirpFault('not_found', 'object cannot be found')
      store.delete(id)
      return found
    },
    forgetAll() {
      inbound.clear()
      outbound.clear()
      rules.clear()
    },
  }
}

export type FakeSip = ReturnType<typeof createFakeSip>

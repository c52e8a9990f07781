import type { IncomingCall } from '@trunkline/telephony'
import type { SIPDispatchRuleInfo, SIPInboundTrunkInfo } from 'livekit-server-sdk'
import { matchRule } from '../routing/match-rule.ts'
import { type Calling, matchTrunk } from '../routing/match-trunk.ts'
import { sipUserHost } from '../routing/sip-user.ts'
import type { CallDeps } from './call-deps.ts'
import type { Doorkeeper } from './challenge.ts'

/** A call that has come by a trunk of ours, and that its password is proven for. */
export interface Admitted {
  readonly trunk: SIPInboundTrunkInfo
  readonly calling: Calling
  /** Where it goes; undefined: it rings in vain. */
  readonly rule: SIPDispatchRuleInfo | undefined
}

/** Undefined for a call that has had its final answer here. */
export async function admitCall(
  { directory, metrics }: CallDeps,
  { incoming, doorkeeper }: { incoming: IncomingCall; doorkeeper: Doorkeeper },
): Promise<Admitted | 'no-trunk' | undefined> {
  const calling = readCalling(incoming)
  const find = async () => {
    const { trunks, rules } = await directory.routes()
    const match = matchTrunk(trunks, calling)
    const rule =
      match.kind === 'trunk'
        ? matchRule(rules, { trunkId: match.trunk.sipTrunkId, calling })
        : undefined
    return { match, rule }
  }
  const unavailable = () => {
    metrics.invite('unavailable')
    incoming.reject(503, 'Try again later')
  }
  let found: Awaited<ReturnType<typeof find>>
  try {
    found = await find()
  } catch {
    return void unavailable() // livekit-server is away; its own log says why
  }
  const { match, rule } = found
  if (match.kind === 'conflict') return void unavailable()
  if (match.kind === 'none') return 'no-trunk'
  const { trunk } = match
  switch (doorkeeper.check(incoming, trunk)) {
    case 'unproven': {
      metrics.invite('challenged')
      const value = doorkeeper.challenge(incoming, trunk)
      const headers = [{ name: 'Proxy-Authenticate', value }]
      return void incoming.reject(407, 'Unauthorized', { headers })
    }
    case 'wrong':
      metrics.invite('wrong-password')
      return void incoming.reject(401, 'Unauthorized')
    default:
      return { trunk, calling, rule }
  }
}

function readCalling({ request, source }: IncomingCall): Calling {
  const from = sipUserHost(request.from.uri)
  const to = sipUserHost(request.to.uri)
  return { caller: from.user, callerHost: from.host, called: to.user, sourceIp: source.host }
}

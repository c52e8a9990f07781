import { setTimeout as sleep } from 'node:timers/promises'
import { whenAborted } from '@trunkline/runtime'
import { type IncomingCall, PhoneError } from '@trunkline/telephony'
import type { RoomLeg } from '../livekit/room-leg.ts'
import { callAttributes, headerAttributes } from '../routing/attributes.ts'
import { nameCaller } from '../routing/caller.ts'
import { randomName } from '../routing/random-name.ts'
import { roomNameOf } from '../routing/room-name.ts'
import { type Admitted, admitCall } from './admit-call.ts'
import { firstPacket } from './bridge.ts'
import { type CallDeps, leaveInBackground, nameOf, startBridge } from './call-deps.ts'
import type { Doorkeeper } from './challenge.ts'
import { toMs } from './duration.ts'

/** livekit's, for trunks that name none. */
const defaultRingingMs = 3 * 60_000

/** Takes one INVITE from its first answer to its last. Never throws: one call's fault touches no other. */
export async function takeCall(
  deps: CallDeps,
  { incoming, doorkeeper }: { incoming: IncomingCall; doorkeeper: Doorkeeper },
): Promise<void> {
  const { metrics, logger } = deps
  let ringing: NodeJS.Timeout | undefined
  try {
    const admitted = await admitCall(deps, { incoming, doorkeeper })
    if (!admitted) return
    if (admitted !== 'no-trunk') {
      incoming.ring()
      ringing = setInterval(() => incoming.ring(), deps.config.sip.ringingIntervalMs)
    }
    if (admitted === 'no-trunk' || !admitted.rule) {
      metrics.invite('no-route')
      return await waitInVain(deps, incoming)
    }
    await ringIn(deps, { incoming, admitted, rule: admitted.rule })
  } catch (error) {
    metrics.invite('failed')
    logger.warn({ callId: incoming.localTag, name: nameOf(error) }, 'an inbound call failed')
    incoming.reject(500)
  } finally {
    clearInterval(ringing)
  }
}

/** What no rule is for gets no final answer, as with livekit-sip, until the caller gives up or the time is over. */
async function waitInVain({ closing }: CallDeps, incoming: IncomingCall): Promise<void> {
  await untilFirst([incoming.over, closing], defaultRingingMs)
  incoming.reject(486, 'Rejected')
}

/** Brings the caller into the room while it rings, and answers when somebody there can be heard. */
async function ringIn(
  deps: CallDeps,
  {
    incoming,
    admitted: { trunk, calling },
    rule,
  }: { incoming: IncomingCall; admitted: Admitted; rule: NonNullable<Admitted['rule']> },
): Promise<void> {
  const { registry, metrics, logger, closing } = deps
  const { localTag: id, request } = incoming
  const isHidden = rule.hidePhoneNumber
  const { identity, name } = nameCaller(calling.caller, { isHidden })
  const room = roomNameOf(rule, { calling, random: randomName })
  const { caller: phone, called: trunkPhone, callerHost: hostname } = calling
  const facts = {
    callId: id,
    trunkId: trunk.sipTrunkId,
    ruleId: rule.sipDispatchRuleId,
    dialog: { id: request.callId, tag: request.from.parameters.get('tag') ?? '' },
    ...(!isHidden && { numbers: { phone, trunkPhone, hostname } }),
  }
  const attributes = {
    ...headerAttributes(request.headers, trunk),
    ...rule.attributes,
    ...callAttributes(facts, 'ringing'),
  }
  const forget = registry.expect(room, identity)
  let leg: RoomLeg | undefined
  try {
    leg = await deps.legs.join({
      ...{ room, identity, name, attributes, metadata: rule.metadata },
      roomPreset: rule.roomPreset,
      ...(rule.roomConfig && { roomConfig: rule.roomConfig }),
    })
    await leg.publish()
    const ringingMs = toMs(trunk.ringingTimeout) ?? defaultRingingMs
    await untilFirst([leg.heard, leg.over, incoming.over, closing], ringingMs)
    const isWanted = leg.heard.aborted && !leg.over.aborted && !closing.aborted
    if (!isWanted || incoming.over.aborted) {
      metrics.invite(incoming.over.aborted ? 'cancelled' : 'refused')
      incoming.reject(486, 'Rejected')
      forget()
      return leaveInBackground(leg, logger)
    }
    const headers = Object.entries(trunk.headers).map(([key, value]) => ({ name: key, value }))
    const call = await incoming.accept({ headers })
    metrics.invite('answered')
    logger.info({ callId: id }, 'inbound call answered')
    registry.answered({ id, room, identity, call })
    startBridge(deps, {
      ...{ call, leg, id, forget, direction: 'inbound' },
      mediaTimeoutMs: toMs(rule.media?.mediaTimeout) ?? toMs(trunk.media?.mediaTimeout),
      maxDurationMs: toMs(trunk.maxCallDuration),
    })
    await firstPacket(call)
    if (call.state.kind !== 'ended') await leg.setStatus('active')
  } catch (error) {
    forget()
    if (leg) leaveInBackground(leg, logger)
    if (!(error instanceof PhoneError && error.code === 'cancelled')) throw error
    metrics.invite('cancelled')
  }
}

async function untilFirst(signals: readonly AbortSignal[], timeoutMs: number): Promise<void> {
  const timer = new AbortController()
  const timeout = sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => {})
  await Promise.race([...signals.map(whenAborted), timeout])
  timer.abort()
}

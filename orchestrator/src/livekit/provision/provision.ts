import {
  RoomAgentDispatch,
  RoomConfiguration,
  SIPDispatchRuleInfo,
  SIPInboundTrunkInfo,
  SipClient,
} from 'livekit-server-sdk'
import { ignoreMissing } from '../missing.ts'

export interface Provisioning {
  readonly livekit: { readonly url: string; readonly apiKey: string; readonly apiSecret: string }
  readonly username: string
  readonly password: string
  /** The worker that answers. */
  readonly agentName: string
  /** Trunk and rule are found by this name; `trunkline` by default. */
  readonly name?: string
}

export interface Provisioned {
  readonly trunkId: string
  readonly ruleId: string
  readonly changed: boolean
  /** The trunk was not there at all: nobody has made it yet, or LiveKit's Redis was lost. */
  readonly wasMissing: boolean
}

const requestTimeoutSeconds = 3
// An agent that joins and never speaks must not let the caller hear ringing for livekit's three minutes.
const ringingTimeoutSeconds = 30
// livekit-sip hangs up after this without RTP; a caller on hold or with DTX sends none.
const mediaTimeoutSeconds = 600

/**
 * Brings the inbound trunk and its dispatch rule to what they should be: created, changed or left alone.
 * Both are found by name; a second one of that name is removed, since two equally good trunks refuse calls.
 * @throws when livekit-server cannot be reached or refuses
 */
export async function provision(wanted: Provisioning): Promise<Provisioned> {
  const { url, apiKey, apiSecret } = wanted.livekit
  const client = new SipClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, {
    requestTimeout: requestTimeoutSeconds,
  })
  const trunk = await provisionTrunk(client, wanted)
  const rule = await provisionRule(client, { wanted, trunkId: trunk.id })
  const changed = trunk.changed || rule.changed
  return { trunkId: trunk.id, ruleId: rule.id, changed, wasMissing: trunk.wasMissing }
}

/**
 * No numbers, but a password: livekit-sip challenges every call and then accepts any number, and the
 * orchestrator refuses numbers of no line. With numbers it would never answer one that is not listed.
 */
export function desiredTrunk({ name = 'trunkline', username, password }: Provisioning) {
  return {
    name,
    authUsername: username,
    authPassword: password,
    ringingTimeout: `${ringingTimeoutSeconds}s`,
    media: { mediaTimeout: `${mediaTimeoutSeconds}s` },
  }
}

/** One room per call, named after the number that was dialled and not after the caller's. */
export function desiredRule({ name = 'trunkline', agentName }: Provisioning, trunkId: string) {
  return {
    name,
    // Without it the rule would accept calls that matched no trunk, unauthenticated.
    trunkIds: [trunkId],
    rule: { dispatchRuleCallee: { roomPrefix: 'call', randomize: true } },
    roomConfig: { agents: [{ agentName }], emptyTimeout: 30, departureTimeout: 5 },
  }
}

type Json = { readonly [key: string]: unknown }

/** True when everything in `desired` is so in `actual`; what livekit adds of its own does not matter. */
export function holds(actual: unknown, desired: unknown): boolean {
  if (Array.isArray(desired)) {
    return (
      Array.isArray(actual) &&
      actual.length === desired.length &&
      desired.every((item, index) => holds(actual[index], item))
    )
  }
  if (isJson(desired)) {
    return (
      isJson(actual) && Object.entries(desired).every(([key, value]) => holds(actual[key], value))
    )
  }
  return actual === desired
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function provisionTrunk(client: SipClient, wanted: Provisioning) {
  const desired = desiredTrunk(wanted)
  const trunks = await client.listSipInboundTrunk()
  // In one order, so that two who provision at the same time keep the same one.
  const [found, ...others] = trunks
    .filter((trunk) => trunk.name === desired.name)
    .toSorted((one, other) => (one.sipTrunkId < other.sipTrunkId ? -1 : 1))
  for (const other of others) {
    await client.deleteSipTrunk(other.sipTrunkId).catch(ignoreMissing)
  }
  if (!found) {
    const { media } = SIPInboundTrunkInfo.fromJson(desired)
    const created = await client.createSipInboundTrunk(desired.name, [], {
      authUsername: wanted.username,
      authPassword: wanted.password,
      ringingTimeout: ringingTimeoutSeconds,
      ...(media && { media }),
    })
    return { id: created.sipTrunkId, changed: true, wasMissing: true }
  }
  const id = found.sipTrunkId
  if (holds(found.toJson(), desired) && found.numbers.length === 0) {
    return { id, changed: others.length > 0, wasMissing: false }
  }
  await client.updateSipInboundTrunk(
    id,
    SIPInboundTrunkInfo.fromJson({ sipTrunkId: id, ...desired }),
  )
  return { id, changed: true, wasMissing: false }
}

async function provisionRule(
  client: SipClient,
  { wanted, trunkId }: { wanted: Provisioning; trunkId: string },
) {
  const desired = desiredRule(wanted, trunkId)
  const rules = await client.listSipDispatchRule()
  const [found, ...others] = rules
    .filter((rule) => rule.name === desired.name)
    .toSorted((one, other) => (one.sipDispatchRuleId < other.sipDispatchRuleId ? -1 : 1))
  for (const other of others) {
    await client.deleteSipDispatchRule(other.sipDispatchRuleId).catch(ignoreMissing)
  }
  if (!found) {
    const { rule, roomConfig } = desired
    const { agents, ...limits } = roomConfig
    const created = await client.createSipDispatchRule(
      { type: 'callee', ...rule.dispatchRuleCallee },
      {
        name: desired.name,
        trunkIds: [...desired.trunkIds],
        roomConfig: new RoomConfiguration({
          ...limits,
          agents: agents.map((agent) => new RoomAgentDispatch(agent)),
        }),
      },
    )
    return { id: created.sipDispatchRuleId, changed: true }
  }
  const id = found.sipDispatchRuleId
  if (holds(found.toJson(), desired)) return { id, changed: false }
  await client.updateSipDispatchRule(
    id,
    SIPDispatchRuleInfo.fromJson({ sipDispatchRuleId: id, ...desired }),
  )
  return { id, changed: true }
}

import { BlockList, isIPv4 } from 'node:net'
import type { SIPInboundTrunkInfo } from 'livekit-server-sdk'
import { normaliseNumber } from './number.ts'

/** Who calls whom, as the INVITE says it. */
export interface Calling {
  /** User parts as they were written. */
  readonly caller: string
  readonly called: string
  /** Host of From; it is the caller's word only. */
  readonly callerHost: string
  readonly sourceIp: string
}

export type TrunkMatch =
  | { readonly kind: 'trunk'; readonly trunk: SIPInboundTrunkInfo }
  | { readonly kind: 'none' }
  /** Two that are equally good. */
  | { readonly kind: 'conflict' }

/** The trunk a call comes by: one that names the called number goes before one for all numbers. */
export function matchTrunk(trunks: readonly SIPInboundTrunkInfo[], calling: Calling): TrunkMatch {
  const open = trunks.filter((trunk) => admits(trunk, calling))
  const called = normaliseNumber(calling.called)
  const named = open.filter(({ numbers }) => numbers.some((one) => normaliseNumber(one) === called))
  const [trunk, other] = named.length > 0 ? named : open.filter(({ numbers }) => !numbers.length)
  if (!trunk) return { kind: 'none' }
  return other ? { kind: 'conflict' } : { kind: 'trunk', trunk }
}

function admits(trunk: SIPInboundTrunkInfo, { caller, callerHost, sourceIp }: Calling): boolean {
  const { allowedNumbers, allowedAddresses } = trunk
  const number = normaliseNumber(caller)
  const isNumber = (allowed: string) => normaliseNumber(allowed) === number
  if (allowedNumbers.length > 0 && !allowedNumbers.some(isNumber)) return false
  const isSource = (allowed: string) => holdsAddress(allowed, sourceIp) || allowed === callerHost
  return allowedAddresses.length === 0 || allowedAddresses.some(isSource)
}

/** Whether an address or a network in CIDR notation holds this IPv4 address. */
function holdsAddress(allowed: string, ip: string): boolean {
  const [network = '', bits] = allowed.split('/')
  if (!isIPv4(network) || !isIPv4(ip)) return false
  if (bits === undefined) return network === ip
  if (!/^\d{1,2}$/.test(bits) || Number(bits) > 32) return false
  const list = new BlockList()
  list.addSubnet(network, Number(bits), 'ipv4')
  return list.check(ip, 'ipv4')
}

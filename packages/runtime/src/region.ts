import { BlockList, isIP } from 'node:net'
import { z } from 'zod'
import type { EnvironmentRule } from './config.ts'

/** `DATA_REGION`: where calls may be processed; a name of the operator's, for example `eu`. */
export const dataRegion = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, 'small letters, digits and -')
  .optional()

const hostEntry = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/

/** `DATA_REGION_HOSTS`: hosts within the region, separated by commas; `*.example.com` takes every name below it. */
export const regionHosts = z
  .string()
  .default('')
  .transform((text) => splitList(text).map((host) => host.toLowerCase()))
  .pipe(z.array(z.string().regex(hostEntry, 'host names or addresses, without scheme or port')))

export interface RegionOptions {
  readonly region: string | undefined
  readonly hosts: readonly string[]
}

/**
 * Why data may not be sent to an address (`host`, `host:port` or a URL); undefined when it may. Without a region every
 * address may be used. Loopback, private and cluster-internal hosts always may; names are not looked up.
 */
export function findRegionFault(
  address: string,
  { region, hosts }: RegionOptions,
): string | undefined {
  if (region === undefined) return undefined
  const host = readHost(address)
  if (host === undefined) return 'is no address'
  if (isInternal(host)) return undefined
  if (isLiveKitCloud(host)) return findLiveKitCloudFault(host, hosts)
  if (hosts.some((entry) => matches(host, entry))) return undefined
  return `its host is not in DATA_REGION_HOSTS, and DATA_REGION is ${region}`
}

/** A rule for `readEnvironment`: no variable of `names` may lead out of the region. A value may hold several, by commas. */
export function regionRule(names: readonly string[]): EnvironmentRule {
  return (env) => {
    const region = dataRegion.safeParse(env['DATA_REGION']).data
    const hosts = regionHosts.safeParse(env['DATA_REGION_HOSTS']).data ?? []
    return names.flatMap((name) =>
      splitList(env[name] ?? '').flatMap((address) => {
        const fault = findRegionFault(address, { region, hosts })
        return fault === undefined ? [] : [`${name}: ${fault}`]
      }),
    )
  }
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function readHost(address: string): string | undefined {
  const url = address.includes('://') ? address : `tcp://${address}`
  if (!URL.canParse(url)) return undefined
  const host = new URL(url).hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '')
  return host === '' ? undefined : decodeURIComponent(host)
}

const internalAddresses = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10], // RFC 6598: pods of EKS clusters with a secondary range
] as const) {
  internalAddresses.addSubnet(network, bits, 'ipv4')
}
internalAddresses.addAddress('::1', 'ipv6')
internalAddresses.addSubnet('fc00::', 7, 'ipv6')

/** Names that the public DNS never answers: Kubernetes services, RFC 6762, ICANN's `internal`, Docker's bare names. */
const internalName = /^[a-z0-9_-]+$|\.(svc|cluster\.local|internal|local|localhost)$/

function isInternal(host: string): boolean {
  const version = isIP(host)
  if (version === 0) return internalName.test(host)
  return internalAddresses.check(host, version === 6 ? 'ipv6' : 'ipv4')
}

function matches(host: string, entry: string): boolean {
  return entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : host === entry
}

function isLiveKitCloud(host: string): boolean {
  return host === 'livekit.cloud' || host.endsWith('.livekit.cloud')
}

/** Labels of LiveKit Cloud's own services and regions: such an address is nobody's project. */
const genericLabel =
  /^(eu|us|uk|ap|as|af|sa|me|in|global|cloud|cloud-api|sip|agent-gateway|www)(-(central|north|south|north-?east|south-?east|east|west))?(-?\d+)?$/

/** The project's own name pins it to the region that its settings say; a regional or common one pins nothing. */
function findLiveKitCloudFault(host: string, hosts: readonly string[]): string | undefined {
  const label = host.slice(0, -'.livekit.cloud'.length)
  if (!/^[a-z0-9-]+$/.test(label) || genericLabel.test(label))
    return 'must be the LiveKit Cloud project’s own <project>.livekit.cloud'
  if (hosts.includes(host)) return undefined
  return 'the LiveKit Cloud project must be named in DATA_REGION_HOSTS, without *'
}

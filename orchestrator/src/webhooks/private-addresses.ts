import { BlockList, isIP } from 'node:net'

/** Which addresses may be connected to. */
export interface AddressRules {
  /** `host` is the name in the URL, `address` an IP address it has. */
  isAllowed(target: { host: string; address: string }): boolean
  /** True when plain HTTP may be spoken with this host. */
  isPlainAllowed(host: string): boolean
}

/**
 * Not the public Internet: the IANA special-purpose registries (RFC 6890 and its updates), wrappings of IPv4 inside of
 * IPv6, and cloud metadata that answers at a public address (Azure's 168.63.129.16).
 */
const blocked: readonly string[] = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['168.63.129.16/32'],
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32'],
  ...['2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]

/**
 * @param allowed what WEBHOOK_ALLOW_PRIVATE lists: networks (`10.1.0.0/16`), addresses and host names
 */
export function createAddressRules(allowed: readonly string[]): AddressRules {
  const isPrivate = toBlockList(blocked)
  const isExcepted = toBlockList(allowed.filter((entry) => readNetwork(entry) !== undefined))
  const hosts = new Set(allowed.map((entry) => entry.toLowerCase()))
  const isNamed = (host: string) => hosts.has(host.toLowerCase())
  return {
    isAllowed: ({ host, address }) =>
      isIP(address) !== 0 && (!isPrivate(address) || isExcepted(address) || isNamed(host)),
    isPlainAllowed: (host) => isNamed(host) || (isIP(host) !== 0 && isExcepted(host)),
  }
}

/** Whether an entry of WEBHOOK_ALLOW_PRIVATE can be understood. */
export function isAddressRule(entry: string): boolean {
  if (readNetwork(entry) !== undefined) return true
  const isName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(entry)
  return isName && !/^[\d.]+$/.test(entry)
}

interface Network {
  readonly address: string
  readonly bits: number
  readonly family: 'ipv4' | 'ipv6'
}

function readNetwork(entry: string): Network | undefined {
  const [address = '', bits] = entry.split('/')
  const version = isIP(address)
  if (version === 0) return undefined
  const all = version === 4 ? 32 : 128
  const length = bits === undefined ? all : Number(bits)
  const isSound = bits === undefined || (/^\d{1,3}$/.test(bits) && length <= all)
  return isSound ? { address, bits: length, family: version === 4 ? 'ipv4' : 'ipv6' } : undefined
}

function toBlockList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of entries) {
    const network = readNetwork(entry)
    if (network) list.addSubnet(network.address, network.bits, network.family)
  }
  // An IPv4 address in IPv6's clothes (::ffff:10.0.0.1) is checked as the one it is: Node unwraps it.
  return (address) => list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

import { isIPv4 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'

export interface ListenAddress {
  /** What sockets bind to. */
  readonly bind: string
  /** What callers are told to send to. */
  readonly announce: string
  readonly isLoopback: boolean
}

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>

/**
 * Checks `--listen` against this machine's addresses; 0.0.0.0 announces the first that is not loopback.
 * @throws with the addresses there are
 */
export function readListenAddress(text: string, interfaces: Interfaces): ListenAddress {
  const addresses = Object.values(interfaces).flatMap((list) => list ?? [])
  const ipv4 = addresses.filter((one) => one.family === 'IPv4')
  const outside = ipv4.filter((one) => !one.internal).map((one) => one.address)
  const choices = ['127.0.0.1', ...outside].join(', ')
  if (!isIPv4(text)) throw new Error(`--listen wants an IPv4 address of this machine: ${choices}`)
  if (text === '0.0.0.0') {
    const [announce] = outside
    if (announce === undefined) throw new Error('--listen 0.0.0.0: this machine is on no network')
    return { bind: text, announce, isLoopback: false }
  }
  if (text.startsWith('127.')) return { bind: text, announce: text, isLoopback: true }
  if (outside.includes(text)) return { bind: text, announce: text, isLoopback: false }
  throw new Error(`--listen ${text} is no address of this machine, which has ${choices}`)
}

import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import type { AddressRules } from './private-addresses.ts'

/** The host has no address that may be connected to. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError'
  readonly code = 'blocked-address'
}

export type ResolveAll = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

export interface GuardedAgentOptions {
  readonly rules: Pick<AddressRules, 'isAllowed'>
  readonly connectTimeoutMs: number
  /** Sockets to one origin. */
  readonly connections: number
  /** The system's resolver by default. */
  readonly resolve?: ResolveAll
}

/**
 * Connects to allowed addresses only. The check is on the address that is connected to, in the resolver's answer
 * itself: a name that points elsewhere the next time (DNS rebinding) is asked about again with every connection.
 */
export function createGuardedAgent(options: GuardedAgentOptions): Agent {
  const { rules, connectTimeoutMs, connections, resolve = systemLookup } = options
  const lookup: LookupFunction = (host, lookupOptions, done) => {
    resolve(host, { ...lookupOptions, all: true }, (error, found) => {
      if (error) return done(error, [])
      const allowed = found.filter(({ address }) => rules.isAllowed({ host, address }))
      const [first] = allowed
      if (!first) return done(new BlockedAddressError('no allowed address'), [])
      if (lookupOptions.all) return done(null, allowed)
      return done(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup })
  return new Agent({
    connections,
    connect(target, done) {
      const host = target.hostname.replace(/^\[(.*)\]$/, '$1')
      // An address in the URL itself is never looked up.
      if (isIP(host) !== 0 && !rules.isAllowed({ host, address: host })) {
        done(new BlockedAddressError('not an allowed address'), null)
        return
      }
      connect(target, done)
    },
  })
}

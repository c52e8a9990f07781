import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Backend {
  readonly host?: string
  readonly port: number
}

/** What the proxy does to bytes under way. */
export interface NetworkFault {
  /** Added in each direction. */
  readonly delayMs?: number
  /** Bytes that come while this holds are lost: what a cut wire does before anybody notices. */
  readonly lost?: 'none' | 'to-backend' | 'to-client' | 'both'
}

export interface TcpProxy {
  readonly port: number
  readonly connections: number
  /** Where new connections go, tried in turn from the next one on; those that are open stay. */
  setBackends(backends: readonly Backend[]): void
  /** Applies to open connections too. */
  setFault(fault: NetworkFault): void
  /** Breaks every connection (or those to `port`) at once, without a goodbye. */
  cut(port?: number): void
  close(): Promise<void>
}

interface Pair {
  readonly client: Socket
  backend: Socket | undefined
  backendPort: number | undefined
}

/** A plain TCP balancer, round robin over its backends; one that refuses is passed over. */
export async function startTcpProxy(backends: readonly Backend[]): Promise<TcpProxy> {
  let targets = backends
  let fault: NetworkFault = {}
  let turn = 0
  const pairs = new Set<Pair>()

  const destroy = (pair: Pair) => {
    pair.client.destroy()
    pair.backend?.destroy()
    pairs.delete(pair)
  }
  const pipe = (pair: Pair, from: Socket, to: Socket, direction: 'to-backend' | 'to-client') => {
    // One timer for each chunk keeps the order: timers of equal length fire as they were set. A delay that has
    // just been lowered could overtake, so a chunk never leaves before the one in front of it.
    let lastLeavesAt = 0
    from.on('data', (chunk) => {
      if (fault.lost === 'both' || fault.lost === direction) return
      const now = performance.now()
      const leavesAt = Math.max(lastLeavesAt, now + (fault.delayMs ?? 0))
      lastLeavesAt = leavesAt
      const send = () => {
        if (to.destroyed || to.write(chunk)) return
        from.pause()
        to.once('drain', () => from.resume())
      }
      if (leavesAt <= now) send()
      else setTimeout(send, leavesAt - now)
    })
    from.on('error', () => destroy(pair)) // `close` follows; both ends go together
    from.on('close', () => {
      // What is under way still arrives, as it would on a wire.
      setTimeout(() => destroy(pair), Math.max(0, lastLeavesAt - performance.now()))
    })
  }
  const open = async (pair: Pair) => {
    const tries = targets
    const first = turn
    turn += 1
    for (let index = 0; index < tries.length; index += 1) {
      const target = tries[(first + index) % tries.length]
      if (!target || pair.client.destroyed) break
      const backend = connect(target.port, target.host ?? '127.0.0.1')
      backend.on('error', () => backend.destroy()) // `close` is what counts
      const isOpen = await Promise.race([
        once(backend, 'connect').then(
          () => true,
          () => false,
        ),
        once(backend, 'close').then(() => false),
      ])
      if (!isOpen) continue
      if (pair.client.destroyed) backend.destroy()
      backend.setNoDelay(true)
      pair.backend = backend
      pair.backendPort = target.port
      pipe(pair, pair.client, backend, 'to-backend')
      pipe(pair, backend, pair.client, 'to-client')
      pair.client.resume()
      return
    }
    destroy(pair)
  }
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
    const pair: Pair = { client, backend: undefined, backendPort: undefined }
    pairs.add(pair)
    client.once('error', () => destroy(pair))
    client.once('close', () => {
      if (!pair.backend) pairs.delete(pair)
    })
    void open(pair) // cannot reject: every failure ends in the next backend or in `destroy`
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  return {
    port: address.port,
    get connections() {
      return pairs.size
    },
    setBackends(next) {
      targets = next
    },
    setFault(next) {
      fault = next
    },
    cut(port) {
      for (const pair of pairs) {
        if (port !== undefined && pair.backendPort !== port) continue
        pair.client.resetAndDestroy()
        pair.backend?.resetAndDestroy()
        pairs.delete(pair)
      }
    },
    async close() {
      for (const pair of pairs) destroy(pair)
      server.close()
      await once(server, 'close')
    },
  }
}

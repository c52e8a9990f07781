import { once } from 'node:events'
import { connect } from 'node:net'

/** How a part says that it is ready. */
export type Probe =
  | { readonly kind: 'redis'; readonly port: number }
  | {
      readonly kind: 'http'
      readonly url: string
      /** A status besides 2xx by which the part says that it works. */
      readonly alsoReady?: number
    }

/** Undefined when the part is ready, else what it answered. */
export async function probe(what: Probe, signal: AbortSignal): Promise<string | undefined> {
  switch (what.kind) {
    case 'http':
      return probeHttp(what, signal)
    case 'redis':
      return probeRedis(what.port, signal)
    default:
      return what satisfies never
  }
}

async function probeHttp(
  { url, alsoReady }: Extract<Probe, { kind: 'http' }>,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(2000)])
    const response = await fetch(url, { signal: limited })
    const body = await response.text()
    if (response.ok || response.status === alsoReady) return undefined
    return `HTTP ${response.status} ${body.slice(0, 200).trim()}`
  } catch {
    signal.throwIfAborted()
    return 'no answer yet'
  }
}

async function probeRedis(port: number, signal: AbortSignal): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1')
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(2000)])
    await once(socket, 'connect', { signal: limited })
    socket.write('PING\r\n')
    const [answer] = await once(socket, 'data', { signal: limited })
    return String(answer).startsWith('+PONG') ? undefined : String(answer).trim()
  } catch {
    signal.throwIfAborted()
    return 'no answer yet'
  } finally {
    socket.destroy()
  }
}

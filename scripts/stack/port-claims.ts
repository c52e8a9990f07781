import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { rtpPortCount } from '../ports.ts'
import { stackParts } from './parts.ts'
import type { StackPlan } from './plan.ts'
import { sipStandIn } from './service-env.ts'

export interface PortClaim {
  readonly part: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
  readonly host: string
}

/** Every port the parts that will be started want, with the address they bind to. */
export function portClaims(plan: StackPlan): readonly PortClaim[] {
  const { ports, listen } = plan
  const tcp = (port: number, host = '127.0.0.1') => ({ port, protocol: 'tcp', host }) as const
  const udp = (port: number, host = '127.0.0.1') => ({ port, protocol: 'udp', host }) as const
  const everywhere = '0.0.0.0'
  const wanted: Readonly<Record<string, readonly Omit<PortClaim, 'part'>[]>> = {
    redis: [tcp(ports.redis)],
    'livekit-server': [
      tcp(ports.livekit, listen.bind),
      tcp(ports.livekitTcp, everywhere),
      udp(ports.livekitUdp, listen.announce),
    ],
    'livekit-sip': [
      tcp(ports.sip, listen.bind),
      udp(ports.sip, listen.bind),
      tcp(ports.sipHealth, everywhere),
      // The first and the last speak for the range: another stack's range overlaps one of them.
      udp(ports.rtpFirst, everywhere),
      udp(ports.rtpFirst + rtpPortCount - 2, everywhere),
    ],
    [sipStandIn]: [
      udp(ports.sip, listen.bind),
      tcp(ports.sipHealth),
      udp(ports.rtpFirst, listen.bind),
      udp(ports.rtpFirst + rtpPortCount - 2, listen.bind),
    ],
    speech: [tcp(ports.speechGrpc), tcp(ports.speechHttp)],
    llm: [tcp(ports.llm)],
    'asr-proxy': [tcp(ports.asrProxyGrpc), tcp(ports.asrProxyHttp)],
    'tts-router': [tcp(ports.ttsRouter)],
    orchestrator: [tcp(ports.orchestrator)],
    agent: [tcp(ports.agentHealth), tcp(ports.agentMetrics)],
    'last-words': [tcp(ports.lastWords)],
  }
  return stackParts(plan).flatMap(({ name }) =>
    (wanted[name] ?? []).map((claim) => ({ part: name, ...claim })),
  )
}

/** The claims that cannot be met because something else holds the port. */
export async function takenPorts(claims: readonly PortClaim[]): Promise<readonly PortClaim[]> {
  const taken = await Promise.all(claims.map(isTaken))
  return claims.filter((_claim, index) => taken[index])
}

/** All conflicts in one message, or undefined when there are none. */
export function describeTaken(taken: readonly PortClaim[]): string | undefined {
  if (taken.length === 0) return undefined
  const lines = taken.map(({ part, port, protocol }) => `  ${port}/${protocol}  wanted by ${part}`)
  return [
    taken.length === 1 ? 'a port is in use:' : 'ports are in use:',
    ...lines,
    'end what holds them (another stack: ./trunkline down), or start on other ports with',
    '  ./trunkline up --port-offset 1000',
  ].join('\n')
}

function isTaken(claim: PortClaim): Promise<boolean> {
  return claim.protocol === 'udp' ? udpTaken(claim) : tcpTaken(claim)
}

async function tcpTaken({ port, host }: PortClaim): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
  } catch {
    return true
  } finally {
    server.close()
  }
  // macOS lets two sockets share a port when only one is bound to all addresses.
  const socket = connect(port, host === '0.0.0.0' ? '127.0.0.1' : host)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function udpTaken({ port, host }: PortClaim): Promise<boolean> {
  const socket = createSocket('udp4')
  try {
    socket.bind({ port, address: host, exclusive: true })
    await once(socket, 'listening')
    return false
  } catch {
    return true
  } finally {
    socket.close()
  }
}

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { describeTaken, type PortClaim, takenPorts } from '../stack/port-claims.ts'
import { freePort } from './free-port.ts'

describe('takenPorts', () => {
  it('names every port in use together with the part that wants it', async () => {
    const tcp = createServer().listen(0, '127.0.0.1')
    const udp = createSocket('udp4').bind(0, '127.0.0.1')
    await Promise.all([once(tcp, 'listening'), once(udp, 'listening')])
    const address = tcp.address()
    const tcpPort = address && typeof address !== 'string' ? address.port : 0
    const udpPort = udp.address().port
    const claims: readonly PortClaim[] = [
      { part: 'redis', port: tcpPort, protocol: 'tcp', host: '127.0.0.1' },
      { part: 'agent', port: await freePort(), protocol: 'tcp', host: '127.0.0.1' },
      // Bound to all addresses: the socket on loopback is in its way all the same.
      { part: 'livekit-sip', port: udpPort, protocol: 'udp', host: '0.0.0.0' },
    ]
    const text = describeTaken(await takenPorts(claims))
    expect(text).toContain(`${tcpPort}/tcp  wanted by redis\n`)
    expect(text).toContain(`${udpPort}/udp  wanted by livekit-sip\n`)
    expect(text).not.toContain('agent')
    tcp.close()
    udp.close()
  })

  it('says nothing when every port is free', async () => {
    expect(describeTaken(await takenPorts([]))).toBeUndefined()
  })
})

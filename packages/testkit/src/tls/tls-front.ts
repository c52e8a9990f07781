import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'

export interface TlsFront {
  readonly port: number
  /** Connections whose handshake the client has finished. */
  readonly accepted: number
  close(): void
}

/** Ends TLS in front of a plain server on this machine, as a load balancer does. */
export async function startTlsFront(
  targetPort: number,
  files: { readonly cert: string; readonly key: string },
): Promise<TlsFront> {
  let accepted = 0
  const sockets = new Set<TLSSocket>()
  const options = { cert: readFileSync(files.cert), key: readFileSync(files.key) }
  const server = createServer(options, (socket) => {
    accepted += 1
    sockets.add(socket)
    const target = connect(targetPort, '127.0.0.1')
    const drop = () => {
      socket.destroy()
      target.destroy()
      sockets.delete(socket)
    }
    socket.on('error', drop).on('close', drop)
    target.on('error', drop).on('close', drop)
    socket.pipe(target).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    get accepted() {
      return accepted
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

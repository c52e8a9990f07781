import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { FromPglite, ToPglite } from './pglite-messages.ts'
import { PgliteSocket } from './pglite-socket.ts'

/** PGlite in a thread of its own: a query would stop every call in this one for as long as it takes. */
export interface PgliteThread {
  /** A connection for `pg`. One at a time: PGlite has one session. */
  connect(): Duplex
  /** Writes everything out. */
  close(): Promise<void>
}

/** @throws when PGlite cannot open the folder */
export async function startPglite(folder: string): Promise<PgliteThread> {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: folder,
    execArgv: [], // the process's own, such as telemetry's --import, are not for it
  })
  const connections = new Map<number, PgliteSocket>()
  let connected = 0
  let fault: Error | undefined

  const tell = (message: ToPglite) => {
    worker.postMessage(message, message.type === 'bytes' ? [message.bytes.buffer] : [])
  }
  await once(worker, 'message') // `ready`; rejects with the worker's error
  worker.on('message', (message: FromPglite) => {
    if (message.type === 'ready') return
    const { buffer, byteOffset, byteLength } = message.bytes
    connections.get(message.connection)?.push(Buffer.from(buffer, byteOffset, byteLength))
  })
  worker.on('error', (error) => {
    fault = error
  })
  worker.once('exit', () => {
    fault ??= new Error('PGlite is closed')
    for (const socket of connections.values()) socket.destroy(fault)
  })

  return {
    connect() {
      connected += 1
      const connection = connected
      const socket = new PgliteSocket({
        write: (bytes) => tell({ type: 'bytes', connection, bytes }),
        onEnd() {
          connections.delete(connection)
          tell({ type: 'end', connection })
        },
      })
      connections.set(connection, socket)
      if (fault) process.nextTick(() => socket.destroy(fault))
      return socket
    },
    async close() {
      if (fault) return
      const exited = once(worker, 'exit')
      tell({ type: 'close' })
      await exited
    },
  }
}

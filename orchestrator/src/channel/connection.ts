import type { OrchestratorMessage } from '@trunkline/contracts'
import type { WebSocket } from 'ws'
import { createSilenceWatch } from './silence-watch.ts'

/** One socket of an agent job. */
export interface Connection {
  /** Drops the peer instead of queueing without bound when it does not read. */
  send(message: OrchestratorMessage): void
  close(code: number): void
  terminate(): void
}

export interface ConnectionOptions {
  readonly onMessage: (text: string) => void
  /** Called once, however the socket ended. */
  readonly onClose: () => void
  readonly onDropped: (reason: 'silent' | 'slow') => void
}

/** Design section 3: ping every 500 ms, dead after 3 s of silence. */
const pingMs = 500
const silentMs = 3000
const maxBufferedBytes = 1024 * 1024

export function createConnection(socket: WebSocket, options: ConnectionOptions): Connection {
  const { onMessage, onClose, onDropped } = options
  const watch = createSilenceWatch({ intervalMs: pingMs, timeoutMs: silentMs })
  const timer = setInterval(() => {
    if (watch.tick(performance.now()) === 'dead') {
      onDropped('silent')
      socket.terminate()
    } else if (socket.readyState === socket.OPEN) {
      socket.ping()
    }
  }, pingMs)
  const heard = () => watch.heard()
  socket.on('ping', heard)
  socket.on('pong', heard)
  socket.on('message', (data, isBinary) => {
    heard()
    // A binary frame is no message: as text it is not JSON and is answered as such.
    onMessage(isBinary ? '' : data.toString())
  })
  socket.on('error', () => socket.terminate()) // `close` follows and is what counts
  socket.once('close', () => {
    clearInterval(timer)
    onClose()
  })
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > maxBufferedBytes) {
        onDropped('slow')
        socket.terminate()
        return
      }
      socket.send(JSON.stringify(message))
    },
    close: (code) => socket.close(code),
    terminate: () => socket.terminate(),
  }
}

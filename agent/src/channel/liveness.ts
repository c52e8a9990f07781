import type WebSocket from 'ws'

/**
 * Pings, and ends a socket whose peer has been silent for `silentMs`. Time in which our own event loop stalled is
 * not counted: the peer's frames may lie unread.
 */
export function watchPeer(
  socket: WebSocket,
  { pingMs, silentMs }: { pingMs: number; silentMs: number },
): void {
  let silentForMs = 0
  let lastTick = performance.now()
  const heard = () => {
    silentForMs = 0
  }
  socket.on('message', heard)
  socket.on('ping', heard)
  socket.on('pong', heard)
  const timer = setInterval(() => {
    const now = performance.now()
    silentForMs += Math.min(now - lastTick, pingMs * 1.5)
    lastTick = now
    if (silentForMs >= silentMs) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.ping()
  }, pingMs)
  socket.once('close', () => clearInterval(timer))
}

import type WebSocket from 'ws'

export interface WatchOptions {
  readonly pingMs: number
  readonly silentMs: number
  /** A ping was answered; of several under way the first counts. */
  readonly onRoundTrip?: (ms: number) => void
}

/**
 * Pings, and ends a socket whose peer has been silent for `silentMs`. Time in which our own event loop stalled is
 * not counted: the peer's frames may lie unread.
 */
export function watchPeer(
  socket: WebSocket,
  { pingMs, silentMs, onRoundTrip }: WatchOptions,
): void {
  let pingedAt: number | undefined
  let silentForMs = 0
  let lastTick = performance.now()
  const heard = () => {
    silentForMs = 0
  }
  socket.on('message', heard)
  socket.on('ping', heard)
  socket.on('pong', () => {
    heard()
    if (pingedAt !== undefined) onRoundTrip?.(performance.now() - pingedAt)
    pingedAt = undefined
  })
  const timer = setInterval(() => {
    const now = performance.now()
    silentForMs += Math.min(now - lastTick, pingMs * 1.5)
    lastTick = now
    if (silentForMs >= silentMs) socket.terminate()
    else if (socket.readyState === socket.OPEN) {
      pingedAt ??= now
      socket.ping()
    }
  }, pingMs)
  socket.once('close', () => clearInterval(timer))
}

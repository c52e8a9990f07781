/** Lets a dispatch wait for its job's `hello`. */
export interface HelloWatch {
  seen(roomSid: string): void
  /** True as soon as a hello of this room is seen, false after `timeoutMs`. @throws the reason of `signal` */
  wait(roomSid: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<boolean>
}

export function createHelloWatch(): HelloWatch {
  const waiting = new Map<string, Set<() => void>>()
  return {
    seen(roomSid) {
      for (const tell of waiting.get(roomSid) ?? []) tell()
    },
    wait(roomSid, { timeoutMs, signal }) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer)
          signal.removeEventListener('abort', stop)
          const others = waiting.get(roomSid)
          others?.delete(tell)
          if (others?.size === 0) waiting.delete(roomSid)
          settle()
        }
        const tell = () => finish(() => resolve(true))
        const stop = () => finish(() => reject(signal.reason))
        const timer = setTimeout(() => finish(() => resolve(false)), timeoutMs)
        const own = waiting.get(roomSid) ?? new Set()
        waiting.set(roomSid, own.add(tell))
        signal.addEventListener('abort', stop, { once: true })
        if (signal.aborted) stop()
      })
    },
  }
}

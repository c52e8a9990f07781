import type { Outgoing, Send } from '../channel/outgoing.ts'

/** What this job tells the orchestrator. Parts of the call that follow it by that hear it too. */
export interface Telling {
  readonly send: Send
  /** Tells our own parts alone: on hold the caller is heard, and the orchestrator is not told. */
  readonly note: Send
  listen(listener: (message: Outgoing) => void): void
  /** The last word of this job: what comes after it is told nobody. */
  sendLast(message: Outgoing): void
}

export function createTelling(channel: { readonly send: Send }): Telling {
  const listeners = new Set<(message: Outgoing) => void>()
  let isOver = false
  const note: Send = (message) => {
    for (const listener of listeners) listener(message)
  }
  const send: Send = (message) => {
    if (isOver) return
    note(message)
    channel.send(message)
  }
  return {
    note,
    send,
    listen: (listener) => void listeners.add(listener),
    sendLast(message) {
      send(message)
      isOver = true
    },
  }
}

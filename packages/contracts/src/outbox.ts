/** A message as it will be sent again if the peer does not acknowledge it. */
export interface Sequenced {
  readonly seq: number
}

export interface Outbox<T extends Sequenced> {
  /** Gives the message its number and keeps it until acknowledged. Throws when `maxPending` is reached. */
  add(build: (seq: number) => T): T
  /** Forgets everything up to and including `upTo`. */
  acknowledge(upTo: number): void
  /** What must be sent again after a reconnect, in order. */
  pending(): readonly T[]
}

/** Numbers one side's messages of one job (1, 2, 3 …) and holds those not yet acknowledged. */
export function createOutbox<T extends Sequenced>({
  maxPending,
  first = 1,
}: {
  maxPending: number
  /** Number of the first message: a process that takes over a job goes on after `hello.resumeFrom`. */
  first?: number
}): Outbox<T> {
  let next = first
  let pending: T[] = []
  return {
    add(build) {
      if (pending.length >= maxPending) {
        throw new Error(`the peer has not acknowledged ${maxPending} messages`)
      }
      const message = build(next)
      next += 1
      pending.push(message)
      return message
    },
    acknowledge(upTo) {
      pending = pending.filter((message) => message.seq > upTo)
    },
    pending: () => pending,
  }
}

export interface Inbox {
  /** True exactly once for each number, in order of arrival; a resent message is false. */
  accept(seq: number): boolean
  /** Highest number handled; what `ack.upTo` and `hello.resumeFrom` carry. */
  readonly handled: number
}

/** The receiving half: tells new messages from resent ones. The socket keeps order, so a high mark is enough. */
export function createInbox(handled = 0): Inbox {
  let mark = handled
  return {
    accept(seq) {
      if (seq <= mark) return false
      mark = seq
      return true
    },
    get handled() {
      return mark
    },
  }
}

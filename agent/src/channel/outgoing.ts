import type { AgentMessage } from '@trunkline/contracts'

type Without<T, Keys extends string> = T extends unknown ? Omit<T, Keys> : never

/** What the job tells the orchestrator; the channel adds `seq` and `at` and sends `hello` and `ack` itself. */
export type Outgoing = Without<Exclude<AgentMessage, { type: 'hello' | 'ack' }>, 'seq' | 'at'>

export type Send = (message: Outgoing) => void

import { setTimeout as sleep } from 'node:timers/promises'
import { endReason } from '@trunkline/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { DialFailure } from './dial-result.ts'

/** How dialled calls came out, for whichever process holds the call. */
export interface DialResults {
  /** `message` is what a machine in this call is told. */
  begin(room: string, options: { message: string | undefined }): Promise<void>
  settle(room: string, result: 'answered' | DialFailure): Promise<void>
  /**
   * Why the call in this room was not answered; waits a little while dialling is under way, since livekit-sip
   * removes the leg before it answers the request. Undefined when it was answered, or nobody here has dialled.
   */
  failureOf(room: string): Promise<DialFailure | undefined>
  /** What was given to `begin`, while it is known. */
  messageOf(room: string): Promise<string | undefined>
}

const ttlSeconds = 3600
const pollMs = 50
const maxPolls = 40
const keyOf = (room: string) => `dial:${room}`
const messageKeyOf = (room: string) => `${keyOf(room)}:message`

const failure = endReason.extract([
  'callee-busy',
  'callee-no-answer',
  'callee-declined',
  'number-unreachable',
  'trunk-rejected',
])
const stored = z.union([z.literal('dialling'), z.literal('answered'), failure])

export function createDialResults(redis: Redis): DialResults {
  const write = async (room: string, value: z.infer<typeof stored>) => {
    await redis.set(keyOf(room), value, 'EX', ttlSeconds)
  }
  return {
    async begin(room, { message }) {
      if (message !== undefined) await redis.set(messageKeyOf(room), message, 'EX', ttlSeconds)
      await write(room, 'dialling')
    },
    messageOf: async (room) => (await redis.get(messageKeyOf(room))) ?? undefined,
    settle: write,
    async failureOf(room) {
      for (let poll = 0; poll < maxPolls; poll += 1) {
        const value = stored.safeParse(await redis.get(keyOf(room))).data
        if (value !== 'dialling') return value === 'answered' ? undefined : value
        await sleep(pollMs)
      }
      return undefined
    },
  }
}

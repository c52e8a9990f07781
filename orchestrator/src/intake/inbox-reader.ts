import { setTimeout as sleep } from 'node:timers/promises'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'
import { isOver } from '../calls/call-machine.ts'
import type { CallRegistry } from '../calls/call-registry.ts'
import type { CallStore } from '../store/call-store.ts'
import { type CallInbox, type CallInboxDeps, createCallInbox } from './call-inbox.ts'
import { type Inbox, type InboxName, intakeChannel, readName } from './inbox.ts'
import { streamRecorded, toKey } from './recorded-events.ts'
import type { ExternalEvent } from './to-call-event.ts'

export interface InboxReaderDeps extends CallInboxDeps {
  readonly inbox: Inbox
  readonly redisUrl: string
  readonly registry: Pick<CallRegistry, 'get' | 'findByRoom'>
  readonly store: Pick<CallStore, 'read' | 'readEvents' | 'findByRoom'>
  readonly onSettled: (count: number) => void
  readonly logger: Logger
  readonly pollMs?: number
}

/** Takes what lies in Redis for the calls of this process, and settles what came for calls that are over. */
export interface InboxReader {
  close(): Promise<void>
}

/** So many polls an inbox stays before one looks whether its call is over: its holder is quicker. */
const patience = 2

/** Woken by a message for each event; what such a message did not tell is found by looking each second. */
export function createInboxReader(deps: InboxReaderDeps): InboxReader {
  const { inbox, registry, store, redisUrl, onSettled, logger, pollMs = 1000 } = deps
  const closing = new AbortController()
  const { signal } = closing
  const inboxes = new Map<string, CallInbox>()
  const running = new Map<string, { again: boolean }>()
  const timers = new Set<NodeJS.Timeout>()
  let polls = new Map<string, number>()
  const onError = (error: unknown) => {
    const name = error instanceof Error ? error.name : ''
    logger.debug({ error: name }, 'events from outside have to wait')
  }

  const later = (name: InboxName, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      wake(name)
    }, ms)
    timers.add(timer)
    timer.unref()
  }
  const drainCall = async (name: InboxName) => {
    const session = registry.get(name.id)
    if (!session || isOver(session.record.state)) {
      inboxes.delete(name.id)
      if (session || (polls.get(name.id) ?? 0) >= patience) await settle(name)
      return
    }
    const box = inboxes.get(name.id) ?? createCallInbox(name.id, deps)
    inboxes.set(name.id, box)
    const waitMs = await box.drain(session)
    if (waitMs !== undefined) later(name, waitMs)
    else await inbox.tidy(name)
  }
  const settle = async (name: InboxName) => {
    const stored = await store.read(name.id)
    if (stored && !isOver(stored.call.state)) return // its holder comes back, or the reconciler ends it
    const line = stored?.call.line ?? ''
    const recorded = new Set<string>()
    for await (const event of streamRecorded(name.id, store)) recorded.add(toKey(event))
    const isRecorded = (event: ExternalEvent) => recorded.has(toKey(event))
    onSettled(await inbox.settle({ callId: name.id, line, isRecorded }))
  }
  const moveRoom = async (name: InboxName) => {
    const callId = registry.findByRoom(name.id)?.id ?? (await store.findByRoom(name.id))
    if (callId === undefined) await inbox.tidy(name)
    else await inbox.moveToCall(name.id, callId)
  }
  const work = async (name: InboxName, state: { again: boolean }) => {
    do {
      state.again = false
      await (name.kind === 'call' ? drainCall(name) : moveRoom(name))
    } while (state.again && !signal.aborted)
  }
  /** One run for each inbox at a time. */
  const wake = (name: InboxName) => {
    const key = `${name.kind} ${name.id}`
    const current = running.get(key)
    if (signal.aborted) return
    if (current) {
      current.again = true
      return
    }
    const state = { again: false }
    running.set(key, state)
    inBackground(
      work(name, state).finally(() => running.delete(key)),
      { signal, onError },
    )
  }
  const poll = async () => {
    const names = await inbox.pending()
    polls = new Map(names.map(({ id }) => [id, (polls.get(id) ?? 0) + 1]))
    for (const callId of inboxes.keys()) if (!registry.get(callId)) inboxes.delete(callId)
    for (const name of names) wake(name)
  }
  const run = async () => {
    while (!signal.aborted) {
      await poll().catch(onError)
      await sleep(pollMs, undefined, { signal, ref: false }).catch(() => {}) // aborted: the loop ends
    }
  }

  const subscriber = new Redis(redisUrl, { maxRetriesPerRequest: null, connectTimeout: 2000 })
  subscriber.on('error', onError)
  subscriber.on('message', (_channel, text) => wake(readName(text)))
  inBackground(subscriber.subscribe(intakeChannel), { signal, onError })
  const polling = run() // cannot reject: what a poll throws is caught in it

  return {
    async close() {
      closing.abort()
      for (const timer of timers) clearTimeout(timer)
      subscriber.disconnect()
      await polling
    },
  }
}

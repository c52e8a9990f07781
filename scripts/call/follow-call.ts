import { setTimeout as sleep } from 'node:timers/promises'
import { type CallEvent, callEvent, callList } from '@trunkline/contracts'
import { readServerSentEvents } from './server-sent-events.ts'

export interface FollowOptions {
  readonly orchestrator: string
  readonly token: string
  readonly signal: AbortSignal
}

/** What the orchestrator knows a call by before its id is known. */
export type CallQuery = { readonly sipCallId: string } | { readonly room: string }

const pollMs = 100
const requestTimeoutMs = 5000

/**
 * Waits until the orchestrator knows the call; gives its id. Throws only when `signal` aborts: a stack that comes up
 * late, or not at all, is for the caller to judge.
 */
export async function findCall(query: CallQuery, options: FollowOptions): Promise<string> {
  const search = new URLSearchParams({ ...query, limit: '1' })
  for (;;) {
    const id = await askForCall(`/v1/calls?${search}`, options)
    if (id !== undefined) return id
    await sleep(pollMs, undefined, { signal: options.signal })
  }
}

/** The call's events from its beginning to its end; a broken connection goes on where it broke. */
export async function* followCall(id: string, options: FollowOptions): AsyncGenerator<CallEvent> {
  let last: string | undefined
  for (;;) {
    try {
      for await (const event of readStream(id, last, options)) {
        last = event.id
        const parsed = callEvent.safeParse(JSON.parse(event.data))
        if (!parsed.success) continue // a newer orchestrator may know more kinds of event
        yield parsed.data
        if (parsed.data.type === 'call-ended') return
      }
    } catch {
      // Broken off, refused or not there: asked again below until the signal ends it.
      options.signal.throwIfAborted()
    }
    await sleep(pollMs, undefined, { signal: options.signal })
  }
}

async function askForCall(path: string, options: FollowOptions): Promise<string | undefined> {
  const { signal } = options
  try {
    const response = await request(path, options, AbortSignal.timeout(requestTimeoutMs))
    if (!response.ok) return undefined
    return callList.parse(await response.json()).calls[0]?.id
  } catch {
    signal.throwIfAborted()
    return undefined // the orchestrator is not there (yet)
  }
}

async function* readStream(id: string, last: string | undefined, options: FollowOptions) {
  const path = `/v1/calls/${encodeURIComponent(id)}/events`
  const response = await request(path, options, undefined, last)
  if (!response.ok || !response.body) throw new Error(`events: status ${response.status}`)
  yield* readServerSentEvents(response.body)
}

function request(
  path: string,
  { orchestrator, token, signal }: FollowOptions,
  limit?: AbortSignal,
  last?: string,
): Promise<Response> {
  return fetch(new URL(path, orchestrator), {
    headers: {
      authorization: `Bearer ${token}`,
      ...(last === undefined ? {} : { 'last-event-id': last }),
    },
    signal: limit ? AbortSignal.any([signal, limit]) : signal,
  })
}

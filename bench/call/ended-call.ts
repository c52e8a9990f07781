import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEvent, OperatorAction, Stack } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import { findCall } from '../../scripts/call/follow-call.ts'
import type { Line } from '../../scripts/call/line.ts'
import { placeCall } from '../../scripts/call/place-call.ts'
import { npmPrograms, repositoryRoot } from '../../scripts/paths.ts'

/**
 * How a caller's call comes to its end, each at a random moment.
 * - `cancel`: CANCEL while it rings, or before
 * - `greeting`: BYE while the greeting is played
 * - `tool`: BYE while a tool of the dialogue runs, or just has
 * - `transfer`: BYE while the caller is being transferred
 * - `media-loss`: the caller's telephone is gone without a word
 */
export const endKinds = ['cancel', 'greeting', 'tool', 'transfer', 'media-loss'] as const
export type EndKind = (typeof endKinds)[number]

export interface EndCallOptions {
  /** Asks about a room, so that the dialogue looks one up. */
  readonly question: Int16Array
  /** From 0 to 1. */
  readonly random: () => number
  /** Called when the call is about to end, while its job still lives. */
  readonly onEnding: () => void
  readonly signal: AbortSignal
}

/** False when the call never came to where it was to end; it has ended all the same. */
export type WasReached = boolean

const lookMs = 20
const longestWaitMs = 20_000
/** Reserved for fiction, and on no trunk of the stack's: the transfer is under way for as long as that takes. */
const transferTo = '+493023125999'
const cancelWithinMs = 700
const greetingWithinMs = 2500
const toolWithinMs = 300
const transferWithinMs = 1500

/** One call that ends as `kind` says. */
export async function endCall(
  stack: Stack,
  kind: EndKind,
  options: EndCallOptions,
): Promise<WasReached> {
  switch (kind) {
    case 'cancel':
      return cancelCall(stack, options)
    case 'media-loss':
      return vanish(stack, options)
    case 'greeting':
    case 'tool':
    case 'transfer':
      return byeIn(stack, kind, options)
    default:
      return kind satisfies never
  }
}

async function cancelCall(
  stack: Stack,
  { random, onEnding, signal }: EndCallOptions,
): Promise<WasReached> {
  const hangUp = new AbortController()
  const afterMs = random() * cancelWithinMs
  const stop = () => hangUp.abort()
  signal.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(() => {
    onEnding()
    hangUp.abort()
  }, afterMs)
  const report = await placeCall(stack, { signal: hangUp.signal }).finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  })
  return report.timings.answeredMs === undefined
}

async function byeIn(
  stack: Stack,
  kind: 'greeting' | 'tool' | 'transfer',
  { question, random, onEnding, signal }: EndCallOptions,
): Promise<WasReached> {
  const events: CallEvent[] = []
  let wasReached = false
  const seen = (type: CallEvent['type']) => events.some((event) => event.type === type)
  await placeCall(stack, {
    signal,
    onEvent: (event) => void events.push(event),
    async converse(line) {
      wasReached = await reach(line)
      onEnding()
    },
  })
  return wasReached

  async function reach(line: Line): Promise<boolean> {
    if (!(await until(() => line.timings.firstVoicedAt !== undefined, { line, signal })))
      return false
    if (kind === 'greeting') {
      await sleep(random() * greetingWithinMs, undefined, { signal })
      return true
    }
    if (kind === 'tool') {
      await until(() => seen('heard'), { line, signal }) // the greeting may be one that is heard out
      await line.play(question, { signal }).catch(() => undefined) // a call that is over says so below
      if (!(await until(() => seen('tool-called'), { line, signal }))) return false
      await sleep(random() * toolWithinMs, undefined, { signal })
      return true
    }
    const callId = await findCallId(stack, { line, signal })
    if (callId === undefined) return false
    // Not awaited: the caller hangs up while it is under way.
    const asked = act(stack, callId, { action: 'transfer', to: transferTo })
    inBackground(asked, { signal, onError: () => undefined })
    await sleep(random() * transferWithinMs, undefined, { signal })
    return seen('call-transferring')
  }
}

/** A caller in a process of its own that is killed after the greeting has begun. */
async function vanish(
  stack: Stack,
  { random, onEnding, signal }: EndCallOptions,
): Promise<WasReached> {
  const program = join(repositoryRoot, 'bench', 'vanishing-caller', 'main.ts')
  const child = spawn(join(npmPrograms, 'node'), [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  child.stdin.end(JSON.stringify(stack))
  const greeted = once(child.stdout, 'data').then(() => true)
  const wasGreeted = await Promise.race([
    greeted,
    exited.then(() => false),
    sleep(longestWaitMs, false, { signal, ref: false }),
  ])
  if (wasGreeted) await sleep(random() * greetingWithinMs, undefined, { signal })
  onEnding()
  child.kill('SIGKILL')
  await exited
  return wasGreeted
}

async function findCallId(
  stack: Stack,
  { line, signal }: { line: Line; signal: AbortSignal },
): Promise<string | undefined> {
  const late = AbortSignal.timeout(longestWaitMs)
  const source = { orchestrator: stack.urls.orchestrator, token: stack.tokens.operator }
  return findCall(line.query, { ...source, signal: late }).catch(() => {
    signal.throwIfAborted()
    return undefined // the call ended before the orchestrator knew it
  })
}

/** Whether it can be done is seen in the events: a refusal is an outcome as well. */
async function act({ urls, tokens }: Stack, callId: string, action: OperatorAction): Promise<void> {
  await fetch(new URL(`/v1/calls/${callId}/actions`, urls.orchestrator), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.operator}` },
    body: JSON.stringify(action),
    signal: AbortSignal.timeout(longestWaitMs),
  })
}

/** False when the call ended before, or too long passed. */
async function until(
  fits: () => boolean,
  { line, signal }: { line: Line; signal: AbortSignal },
): Promise<boolean> {
  const giveUpAt = performance.now() + longestWaitMs
  while (!fits()) {
    if (line.state.kind === 'ended' || performance.now() > giveUpAt) return false
    await sleep(lookMs, undefined, { signal })
  }
  return true
}

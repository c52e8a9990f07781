import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import { AccessToken, SipClient } from 'livekit-server-sdk'
import { z } from 'zod'
import { npmPrograms, repositoryRoot } from '../../scripts/paths.ts'
import { endGroup } from '../../scripts/stack/process-group.ts'

/** A worker that only plays a greeting, reachable under a number of its own on the stack's trunk. */
export interface BareLine {
  readonly number: string
  readonly pid: number
  /** False when the worker has ended by itself. */
  isRunning(): boolean
  /** Deletes the rule and ends the worker. */
  close(): Promise<void>
}

/** Kept free for fiction, as the sample line's number is. */
const bareNumber = '+494066969199'
const ruleName = 'trunkline-bench-bare'
const agentName = 'trunkline-bench-bare'
const mainTrunk = 'trunkline'
/** Rooms of calls to it begin so. */
export const bareRoomPrefix = 'bare'
const readyTimeoutMs = 60_000

/** @throws {Error} when the worker does not get ready or the rule is refused */
export async function openBareLine(
  stack: Stack,
  { greeting, signal }: { greeting: Uint8Array; signal: AbortSignal },
): Promise<BareLine> {
  const disposal = createDisposalStack()
  try {
    const folder = await mkdtemp(join(tmpdir(), 'trunkline-bench-'))
    disposal.defer(() => rm(folder, { recursive: true, force: true }))
    const greetingFile = join(folder, 'greeting.pcm')
    await writeFile(greetingFile, greeting)
    const worker = await startWorker(stack, {
      greetingFile,
      signal,
      onStop: (close) => disposal.defer(close),
    })
    await createRule(stack, { onStop: (close) => disposal.defer(close) })
    return { number: bareNumber, ...worker, close: () => disposal.close() }
  } catch (error) {
    await disposal.close()
    throw error
  }
}

const createdRule = z.object({ sip_dispatch_rule_id: z.string() })

type Defer = (close: () => Promise<void>) => void

async function startWorker(
  { livekit }: Stack,
  { greetingFile, signal, onStop }: { greetingFile: string; signal: AbortSignal; onStop: Defer },
): Promise<Pick<BareLine, 'pid' | 'isRunning'>> {
  const port = await freePort()
  const program = join(repositoryRoot, 'bench', 'bare-worker', 'main.ts')
  const child = spawn(join(npmPrograms, 'node'), [program], {
    // A group of its own: Ctrl-C reaches this bench only, which then ends the worker in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      // rtc-node logs at debug, participants' names included, unless it is set.
      NODE_ENV: 'production',
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      BARE_AGENT_NAME: agentName,
      BARE_PORT: String(port),
      BARE_GREETING: greetingFile,
    },
  })
  await once(child, 'spawn')
  const { pid } = child
  if (pid === undefined) throw new Error('the bare worker did not start')
  onStop(() => endGroup(pid))
  const giveUpAt = performance.now() + readyTimeoutMs
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null) throw new Error('the bare worker ended at once')
    if (performance.now() > giveUpAt) throw new Error('the bare worker does not get ready')
    await sleep(200, undefined, { signal })
  }
  return { pid, isRunning: () => child.exitCode === null && child.signalCode === null }
}

/**
 * One rule with a number goes before the line's, which has none. The SDK's own call knows no numbers, and without
 * them livekit refuses a second rule on the same trunk.
 */
async function createRule({ livekit }: Stack, { onStop }: { onStop: Defer }): Promise<void> {
  const { apiKey, apiSecret } = livekit
  const url = livekit.url.replace(/^ws/, 'http')
  const client = new SipClient(url, apiKey, apiSecret)
  const trunks = await client.listSipInboundTrunk()
  const trunkIds = trunks.filter(({ name }) => name === mainTrunk).map((trunk) => trunk.sipTrunkId)
  if (trunkIds.length === 0) throw new Error('the stack has no SIP trunk')
  // One that a killed bench left.
  for (const rule of await client.listSipDispatchRule()) {
    if (rule.name === ruleName) await client.deleteSipDispatchRule(rule.sipDispatchRuleId)
  }
  const dispatchRule = {
    name: ruleName,
    trunkIds,
    numbers: [bareNumber],
    rule: { dispatchRuleCallee: { roomPrefix: bareRoomPrefix, randomize: true } },
    roomConfig: { agents: [{ agentName }], emptyTimeout: 30, departureTimeout: 5 },
  }
  const token = new AccessToken(apiKey, apiSecret, { ttl: 60 })
  token.addSIPGrant({ admin: true })
  const response = await fetch(new URL('/twirp/livekit.SIP/CreateSIPDispatchRule', url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await token.toJwt()}`,
    },
    body: JSON.stringify({ dispatchRule }),
  })
  const body: unknown = await response.json()
  if (!response.ok) throw new Error('livekit refused the dispatch rule', { cause: body })
  const { sip_dispatch_rule_id: id } = createdRule.parse(body)
  onStop(() => client.deleteSipDispatchRule(id).then(() => undefined))
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) })
    return response.ok
  } catch {
    return false // not listening yet
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallSummary, Stack } from '@trunkline/contracts'
import { RoomServiceClient } from 'livekit-server-sdk'
import { findFreePort, runProgram } from '../packages/telephony/test/programs.ts'
import { listCalls } from './calls-api.ts'
import { sippNumber } from './numbers.ts'
import { readMetrics } from './scrape.ts'
import { until } from './until.ts'

export interface ScenarioOptions {
  /** What the scenario's pauses last. */
  readonly pauseMs: number
  /** What stands for the words in brackets that are its own. */
  readonly keys?: Readonly<Record<string, string>>
}

/** Ends SIPp itself when the other side goes silent. */
const timeout = '90s'
/** One second that scenarios with RTP repeat; the quietest byte of µ-law. */
const silence = new Uint8Array(8000).fill(0xff)

/**
 * Plays e2e/sipp/<name>.xml once against the stack's telephone line.
 * @throws {Error} with SIPp's screen, when the other side did not do what the scenario expects
 */
export async function runScenario(
  { sip }: Stack,
  name: string,
  { pauseMs, keys = {} }: ScenarioOptions,
): Promise<void> {
  if (!sip) throw new Error('the stack has no telephone line')
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'))
  try {
    const scenario = join(folder, `${name}.xml`)
    const audio = join(folder, 'silence.ulaw')
    await writeFile(audio, silence)
    const xml = await readFile(join(import.meta.dirname, 'sipp', `${name}.xml`), 'utf8')
    // SIPp's own keys cannot be a status, and it looks for audio in its own folder only.
    const filled = Object.entries({ '[silence]': audio, ...keys }).reduce(
      (text, [key, value]) => text.replaceAll(key, value),
      xml,
    )
    await writeFile(scenario, filled)
    const [port, media] = await Promise.all([findFreePort(), findFreePort()])
    const program = runProgram('sipp', [
      ...['-sf', scenario],
      ...['-key', 'number', sip.number, '-key', 'caller', sippNumber],
      ...['-au', sip.username, '-ap', sip.password, '-d', `${pauseMs}`],
      ...['-i', '127.0.0.1', '-p', `${port}`, '-mi', '127.0.0.1', '-mp', `${media & ~1}`],
      ...['-m', '1', '-timeout', timeout, '-timeout_error', '-nostdin'],
      `${sip.host}:${sip.port}`,
    ])
    const code = await program.ended
    if (code !== 0) throw new Error(`sipp ended with ${code}:\n${program.output()}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The call that has come since `before` was read; undefined until it is there. */
export async function findNewCall(
  stack: Stack,
  before: readonly { id: string }[],
): Promise<CallSummary | undefined> {
  const known = new Set(before.map(({ id }) => id))
  return (await listCalls(stack)).find(({ id }) => !known.has(id))
}

/** The call that came with the scenario, once it is over and nothing of it is left. */
export async function untilOver(
  stack: Stack,
  before: readonly { id: string }[],
): Promise<CallSummary> {
  const call = await until('the call is over', async () => {
    const found = await findNewCall(stack, before)
    return found?.state === 'ended' || found?.state === 'failed' ? found : undefined
  })
  const { url, apiKey, apiSecret } = stack.livekit
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret)
  await until('no room is left', async () =>
    (await rooms.listRooms()).every(({ name }) => name !== call.room) ? true : undefined,
  )
  await until('no job is left', async () =>
    (await readMetrics(stack.urls.agentMetrics)).value('agent_active_jobs') === 0
      ? true
      : undefined,
  )
  return call
}

import { randomInt } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingPart, type Part, startOtlpReceiver, startPostgres } from '@trunkline/testkit'
import type { TestProject } from 'vitest/node'
import { repositoryRoot } from '../scripts/paths.ts'
import { launchStack } from '../scripts/stack/launch-stack.ts'
import type { RunningStack } from './running-stack.ts'

/** Without these there is no stack; a missing livekit-sip only takes the telephone line away. */
const wanted: readonly Part[] = ['redis', 'livekit-server']

/** What a developer's shell or .env points elsewhere must not reach the tests. */
const elsewhere = [
  'RIVA_URI',
  'RIVA_TTS_URI',
  'LLM_SERVICE_URL',
  'LLM_MODEL',
  'LLM_API_KEY',
  'LLM_SYSTEM_PROMPT',
  'REDIS_URL',
  'LIVEKIT_REDIS_URL',
  'DATABASE_URL',
  'DATA_DIR',
  'LIVEKIT_URL',
  'LIVEKIT_API_KEY',
  'LIVEKIT_API_SECRET',
  'AGENT_NAME',
  'AGENT_TOKEN',
  'OPERATOR_TOKEN',
]

/** Starts one stack for all e2e files, on ports and in a folder of its own; it ends with the tests. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const missing = wanted.flatMap((part) => missingPart(part) ?? [])
  if (missing.length > 0) {
    project.provide('runningStack', undefined)
    return undefined
  }
  const seed = Number(process.env['TRUNKLINE_E2E_SEED'] || randomInt(2 ** 31))
  process.stdout.write(`random in these tests: TRUNKLINE_E2E_SEED=${seed} repeats it\n`)
  const postgres = missingPart('postgres') === undefined ? await startPostgres() : undefined
  const traces = await startOtlpReceiver()
  const portOffset = Number(process.env['TRUNKLINE_TEST_PORT_OFFSET'] || 12_000)
  const runDir = mkdtempSync(join(tmpdir(), 'trunkline-e2e-'))
  const linesDir = join(runDir, 'lines')
  cpSync(join(repositoryRoot, 'lines'), linesDir, { recursive: true })

  const kept = Object.entries(process.env).filter(([name]) => !elsewhere.includes(name))
  const env = {
    ...Object.fromEntries(kept),
    TRUNKLINE_ENV_FILE: '/dev/null',
    TRUNKLINE_RUN_DIR: runDir,
    LINES_DIR: linesDir,
    AGENT_IDLE_PROCESSES: '1', // which process has a call can be told by those that are there
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
    OTEL_BSP_SCHEDULE_DELAY: '500',
    ...(postgres && { DATABASE_URL: postgres.url }),
  }
  const lines: string[] = []
  const write = (line: string) => {
    lines.push(line)
    process.stdout.write(`${line}\n`)
  }
  const { signal } = new AbortController()
  const launched = await launchStack({ env, portOffset, listen: '127.0.0.1' }, { write, signal })
  if (launched.kind === 'failed') {
    await Promise.all([postgres?.stop(), traces.close()])
    throw new Error(`the stack for the e2e tests did not start; logs in ${runDir}\n${lines.at(-1)}`)
  }
  const running: RunningStack = {
    ...{ stack: launched.ready.stack, portOffset, runDir, linesDir, seed },
    tracesUrl: traces.url,
    ...(postgres && { databaseUrl: postgres.url }),
  }
  project.provide('runningStack', running)

  return async () => {
    await launched.stop()
    await Promise.all([postgres?.stop(), traces.close()])
    if (project.vitest.state.getCountOfFailedTests() > 0) {
      process.stdout.write(`the stack's logs are kept in ${join(runDir, 'logs')}\n`)
    } else {
      rmSync(runDir, { recursive: true, force: true })
    }
  }
}

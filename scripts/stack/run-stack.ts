import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stack } from '@trunkline/contracts'
import { provision } from '@trunkline/orchestrator/provision'
import type { Progress } from '../progress.ts'
import { livekitConfig, sipConfig } from './config-files.ts'
import { describeStack } from './describe-stack.ts'
import { firstNumber } from './first-number.ts'
import { howToCall } from './how-to-call.ts'
import { makePlan, type PlanOptions } from './make-plan.ts'
import { configFiles, stackParts } from './parts.ts'
import { type StackPlan, stackAddresses, telephoneLine } from './plan.ts'
import type { RunDir } from './run-dir.ts'
import { recordProcess, writeRecord } from './run-record.ts'
import { startParts } from './start-parts.ts'
import { Supervisor } from './supervisor.ts'

export interface RunOptions extends PlanOptions {
  readonly detached: boolean
}

export interface ReadyStack {
  readonly stack: Stack
  /** How to call, on one screen. */
  readonly screen: string
}

/** A supervisor that writes down what it starts, so that `down` finds it even when this process is killed. */
export function createRecordedSupervisor(runDir: RunDir): Supervisor {
  const record = () => {
    const self = recordProcess('supervisor', process.pid)
    if (!self) return
    const parts = supervisor.parts.flatMap(({ name, pid }) => recordProcess(name, pid) ?? [])
    const containers = [...supervisor.containers]
    writeRecord(runDir.recordFile, { supervisor: self, parts, containers })
  }
  const supervisor = new Supervisor({ onChange: record })
  record()
  return supervisor
}

/** Removes what says that a stack runs; keys, data and logs stay. */
export function forgetStack({ stackFile, recordFile }: RunDir): void {
  rmSync(stackFile, { force: true })
  rmSync(recordFile, { force: true })
}

/**
 * Starts a stack and waits until it takes calls. The caller stops `supervisor`, also when this throws.
 * @throws {ConfigError | StartError | ToolchainError | PartError} each ready to print
 */
export async function runStack(
  options: RunOptions,
  {
    supervisor,
    ...deps
  }: { runDir: RunDir; supervisor: Supervisor; progress: Progress; signal: AbortSignal },
): Promise<ReadyStack> {
  const { runDir, progress, signal } = deps
  const { plan, notes } = await makePlan(options, deps)
  writeConfigs(plan)
  await startParts(stackParts(plan), { supervisor, progress, signal })
  await provisionLine(plan, progress)

  const lines = plan.settings['LINES_DIR'] || join(plan.root, 'lines')
  const number = firstNumber(lines) ?? ''
  const stack = describeStack(plan, { number, parts: supervisor.parts })
  writeFileSync(runDir.stackFile, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 })
  const { portOffset, detached } = options
  const hearsEnglishOnly = plan.externals.riva === undefined
  return { stack, screen: howToCall({ stack, portOffset, detached, hearsEnglishOnly, notes }) }
}

function writeConfigs(plan: StackPlan): void {
  const to = stackAddresses(plan)
  const input = {
    ports: plan.ports,
    listen: plan.listen,
    apiKey: to.livekit.apiKey,
    apiSecret: to.livekit.apiSecret,
    redisUrl: to.livekitRedis,
    webhookUrl: `${to.orchestrator}/v1/livekit/webhook`,
  }
  const write = (name: string, text: string) =>
    writeFileSync(join(plan.runDir.configs, name), text, { mode: 0o600 })
  write(configFiles.livekit, livekitConfig(input))
  write(configFiles.sip, sipConfig(input))
}

async function provisionLine(plan: StackPlan, progress: Progress): Promise<void> {
  if (telephoneLine(plan) === 'elsewhere') return
  const { secrets, settings } = plan
  await progress.step('trunk and dispatch rule', async () => {
    await provision({
      livekit: stackAddresses(plan).livekit,
      username: secrets.sipUsername,
      password: secrets.sipPassword,
      agentName: settings['AGENT_NAME'] || 'trunkline',
    })
  })
}

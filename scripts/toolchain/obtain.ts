import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../progress.ts'
import type { Environment } from '../settings/settings.ts'
import type { Launch } from '../stack/plan.ts'
import { type Choice, chooseTool } from './choose.ts'
import { findProgram, findTool, toolCache, toolPath } from './find-tools.ts'
import { thisMachine } from './machine.ts'
import { type ToolName, tools } from './tools.ts'

export interface Toolchain {
  readonly launches: Readonly<Partial<Record<ToolName, Launch>>>
  /** Sentences about what is off for want of a tool. */
  readonly missing: readonly string[]
}

export interface ObtainOptions {
  readonly env: Environment
  readonly root: string
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** Tools that must be there are not and cannot be obtained; `message` names all of them, ready to print. */
export class ToolchainError extends Error {
  override readonly name = 'ToolchainError'
}

/** Finds the tools or obtains them. @throws {ToolchainError} */
export async function obtainTools(
  names: readonly ToolName[],
  options: ObtainOptions,
): Promise<Toolchain> {
  const path = toolPath(options.env, options)
  const findings = names.map((name) => ({ name, finding: findTool(name, path) }))
  const isAllThere = findings.every(({ finding }) => finding.path && !finding.lacksLibraries)
  // Asking docker and brew takes a while: only where something is to be obtained.
  const machine = isAllThere ? undefined : thisMachine(path)
  const choices = findings.map(
    ({ name, finding }): Choice =>
      machine === undefined && finding.path !== undefined
        ? { tool: name, kind: 'use', path: finding.path }
        : chooseTool(name, finding, machine ?? thisMachine(path)),
  )

  const failures = new Map<ToolName, string>()
  await installPackages(choices, { ...options, failures })
  for (const choice of choices) {
    if (choice.kind !== 'go' && choice.kind !== 'brew') continue
    await attempt(choice.tool, failures, () =>
      choice.kind === 'go' ? build(choice, options) : brew(choice, options),
    )
  }

  const launches: Partial<Record<ToolName, Launch>> = {}
  for (const choice of choices) {
    const launch = failures.has(choice.tool) ? undefined : toLaunch(choice, path)
    if (launch) launches[choice.tool] = launch
    else if (choice.kind !== 'missing' && !failures.has(choice.tool)) {
      failures.set(choice.tool, `${choice.tool} was installed and is still not found on PATH.`)
    }
  }
  const sentences = choices.flatMap((choice) =>
    choice.kind === 'missing'
      ? { ...choice }
      : failures.has(choice.tool)
        ? {
            sentence: failures.get(choice.tool) ?? '',
            isRequired: tools[choice.tool].without === undefined,
          }
        : [],
  )
  const fatal = sentences.filter(({ isRequired }) => isRequired)
  if (fatal.length > 0) throw new ToolchainError(fatal.map((one) => one.sentence).join('\n'))
  return { launches, missing: sentences.map(({ sentence }) => sentence) }
}

function toLaunch(choice: Choice, path: string): Launch | undefined {
  if (choice.kind === 'missing') return undefined
  if (choice.kind === 'docker') {
    const docker = findProgram('docker', path)
    return docker ? { kind: 'docker', path: docker, image: choice.image } : undefined
  }
  const found = choice.kind === 'use' ? choice.path : findProgram(choice.tool, path)
  return found ? { kind: 'program', path: found } : undefined
}

type WithFailures = ObtainOptions & { readonly failures: Map<ToolName, string> }

async function installPackages(choices: readonly Choice[], options: WithFailures): Promise<void> {
  const wanted = choices.filter((choice) => choice.kind === 'apt')
  const [first] = wanted
  if (!first) return
  const packages = wanted.flatMap((choice) => choice.packages)
  const { progress } = options
  const failed = await attempt(first.tool, options.failures, async () => {
    await progress.step('apt-get update', () => execute('apt-get', ['update'], options))
    await progress.step(`apt-get install ${packages.join(' ')}`, () =>
      execute('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], options),
    )
  })
  if (failed) for (const { tool } of wanted) options.failures.set(tool, `${tool}: ${failed}`)
}

/** Built beside its place and moved there in one step, so that two starts at once do no harm. */
async function build(
  choice: Extract<Choice, { kind: 'go' }>,
  options: ObtainOptions,
): Promise<void> {
  const cache = toolCache(options.env)
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, '.build-'))
  const [, built = ''] = /([^/@]+)@/.exec(choice.package) ?? []
  try {
    const label = `go install ${choice.package} (minutes the first time)`
    await options.progress.step(label, () =>
      execute('go', ['install', choice.package], {
        ...options,
        env: { ...options.env, GOBIN: folder, CGO_ENABLED: '0' },
      }),
    )
    await chmod(join(folder, built), 0o755)
    await rename(join(folder, built), join(cache, choice.tool))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function brew(choice: Extract<Choice, { kind: 'brew' }>, options: ObtainOptions): Promise<void> {
  return options.progress.step(`brew install ${choice.formula}`, () =>
    execute('brew', ['install', choice.formula], options),
  )
}

/** Keeps the failure of one tool as a sentence; an abort is no failure. */
async function attempt(
  tool: ToolName,
  failures: Map<ToolName, string>,
  work: () => Promise<void>,
): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    failures.set(tool, `${tool} could not be obtained: ${error.message}`)
    return error.message
  }
}

class CommandError extends Error {
  override readonly name = 'CommandError'
}

async function execute(
  command: string,
  args: readonly string[],
  { env, signal }: { env: Environment; signal: AbortSignal },
): Promise<void> {
  const child = spawn(command, args, {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const [code, by] = await once(child, 'close').catch((error: unknown) => {
    signal.throwIfAborted()
    throw new CommandError(`${command} cannot be run`, { cause: error })
  })
  if (code === 0) return
  const lines = output.trim().split('\n').slice(-8).join('\n  ')
  throw new CommandError(
    `${command} ${args[0]} ${by ? `was ended by ${by}` : `failed with code ${code}`}:\n  ${lines}`,
  )
}

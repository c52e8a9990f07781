import { mkdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { npmPrograms, repositoryRoot } from '../paths.ts'
import { offsetPorts } from '../ports.ts'
import type { Progress } from '../progress.ts'
import { checkExternals } from '../settings/check-externals.ts'
import {
  type Environment,
  type Externals,
  readExternals,
  readSettings,
} from '../settings/settings.ts'
import { obtainTools } from '../toolchain/obtain.ts'
import type { ToolName } from '../toolchain/tools.ts'
import { readListenAddress } from './listen-address.ts'
import type { StackPlan } from './plan.ts'
import { describeTaken, portClaims, takenPorts } from './port-claims.ts'
import type { RunDir } from './run-dir.ts'
import { readOrCreateSecrets } from './secrets.ts'
import { StartError } from './start-error.ts'

export interface PlanOptions {
  readonly portOffset: number
  readonly listen: string
  readonly env: Environment
}

export interface Prepared {
  readonly plan: StackPlan
  /** What is off, in sentences. */
  readonly notes: readonly string[]
}

/**
 * Finds out what the stack will consist of and that it can: settings, ports, parts that run elsewhere, tools.
 * The quick checks come first, so that nothing is installed for a start that fails anyway.
 * @throws {ConfigError | StartError | ToolchainError} each ready to print
 */
export async function makePlan(
  options: PlanOptions,
  { runDir, progress, signal }: { runDir: RunDir; progress: Progress; signal: AbortSignal },
): Promise<Prepared> {
  const root = repositoryRoot
  const settings = readSettings(options.env, { root })
  const externals = readExternals(settings)
  const bare: StackPlan = {
    root,
    node: join(npmPrograms, 'node'),
    portOffset: options.portOffset,
    ports: offsetPorts(options.portOffset),
    listen: toListenAddress(options.listen),
    runDir,
    settings,
    externals,
    secrets: readSecrets(runDir, settings),
    programs: {},
  }
  const wanted = wantedTools(externals)
  const conflict = describeTaken(await takenPorts(portClaims(withPrograms(bare, wanted))))
  if (conflict) throw new StartError(conflict)
  const unusable = await checkExternals(externals)
  if (unusable.length > 0) throw new StartError(unusable.join('\n'))

  const { launches, missing } = await obtainTools(wanted, { env: settings, root, progress, signal })
  const programs = {
    ...(launches['redis-server'] && { redis: launches['redis-server'] }),
    ...(launches['livekit-server'] && { livekit: launches['livekit-server'] }),
    ...(launches['livekit-sip'] && { sip: launches['livekit-sip'] }),
  }
  return { plan: { ...bare, programs }, notes: [...missing, ...externalNotes(externals)] }
}

/** The tools a stack with these parts elsewhere still needs. */
export function wantedTools(externals: Externals): readonly ToolName[] {
  return [
    ...(externals.redis ? [] : (['redis-server'] as const)),
    ...(externals.livekit ? [] : (['livekit-server', 'livekit-sip'] as const)),
    ...(externals.riva ? [] : (['espeak-ng'] as const)),
  ]
}

function toListenAddress(text: string) {
  try {
    return readListenAddress(text, networkInterfaces())
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error))
  }
}

function readSecrets(runDir: RunDir, settings: Environment) {
  mkdirSync(runDir.configs, { recursive: true })
  mkdirSync(runDir.data, { recursive: true })
  try {
    return readOrCreateSecrets(runDir.secretsFile, settings)
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function externalNotes({ livekit }: Externals): readonly string[] {
  if (!livekit) return []
  return [
    'LIVEKIT_URL is set, so the telephone line is that server’s: its dispatch rule must name the agent ' +
      '"trunkline", and its webhooks must reach /v1/livekit/webhook of the orchestrator.',
  ]
}

/** Ports are asked for before anything is installed: as if every wanted tool were there. */
function withPrograms(plan: StackPlan, wanted: readonly ToolName[]): StackPlan {
  const program = { kind: 'program', path: '' } as const
  return {
    ...plan,
    programs: {
      ...(wanted.includes('redis-server') && { redis: program }),
      ...(wanted.includes('livekit-server') && { livekit: program, sip: program }),
    },
  }
}

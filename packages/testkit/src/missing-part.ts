import { spawnSync } from 'node:child_process'
import { findProgram } from './find-program.ts'
import { postgresMissing } from './postgres.ts'
import { redisMissing } from './redis.ts'

/** Programs of the machine that some tests cannot do without. */
export const parts = [
  'sip',
  'livekit-server',
  'redis',
  'postgres',
  'chromium',
  'espeak-ng',
  'sipp',
  'riva-python',
] as const
export type Part = (typeof parts)[number]

/** Why the part cannot be used on this machine, or undefined when it can. */
export function missingPart(part: Part): string | undefined {
  switch (part) {
    case 'redis':
      return redisMissing()
    case 'postgres':
      return postgresMissing()
    case 'livekit-server':
      return programMissing('livekit-server')
    case 'sip':
      // It is found but does not start where its shared libraries are missing.
      return programMissing('livekit-sip') ?? doesNotRun('livekit-sip', ['--version'])
    case 'chromium':
      return programMissing('chromium', 'chromium-browser', 'google-chrome')
    case 'espeak-ng':
      return programMissing('espeak-ng')
    case 'sipp':
      return programMissing('sipp')
    case 'riva-python':
      return doesNotRun('python3', ['-c', 'import riva.client'])
    default:
      return part satisfies never
  }
}

function programMissing(...names: readonly string[]): string | undefined {
  // biome-ignore lint/style/noProcessEnv: the programs of the machine are the test's surroundings
  const path = process.env['PATH'] ?? ''
  if (names.some((name) => findProgram(name, { path }))) return undefined
  return `no ${names.join(' or ')} on PATH`
}

function doesNotRun(command: string, args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 })
  if (error) return `${command} cannot be run: ${error.message}`
  if (status === 0) return undefined
  const lastLine = stderr.trim().split('\n').at(-1)
  return `${command} ${args.join(' ')} fails: ${lastLine ?? `code ${status}`}`
}

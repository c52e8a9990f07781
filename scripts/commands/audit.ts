import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { type Environment, readSettings } from '../settings/settings.ts'
import { readStackState } from '../stack/read-stack.ts'
import { runDir } from '../stack/run-dir.ts'

export type AuditOptions =
  | {
      readonly action: 'verify'
      readonly portOffset: number
      /** `SEQ:HASH` of an earlier check. */
      readonly head: string | undefined
    }
  | {
      readonly action: 'receipt'
      readonly portOffset: number
      readonly file: string
      /** Where the public key lies; the running stack is asked for it otherwise. */
      readonly keyFile: string | undefined
    }

/** @returns 0 when it is genuine, 1 when it is not, 2 and 3 when it cannot be read */
export async function audit(options: AuditOptions): Promise<number> {
  switch (options.action) {
    case 'verify':
      return verifyChain(options)
    case 'receipt':
      return verifyReceipt(options)
    default:
      return options satisfies never
  }
}

const cannotReadCode = 3
/** How the check ends when another process has the embedded database open. */
const inUseCode = 4

async function verifyChain({
  portOffset,
  head,
}: Extract<AuditOptions, { action: 'verify' }>): Promise<number> {
  const settings = readSettings(process.env, { root: repositoryRoot })
  const { data } = runDir(process.env, { root: repositoryRoot, portOffset })
  const code = await runCheck('verify-audit', {
    args: head === undefined ? [] : ['--head', head],
    env: { ...settings, DATA_DIR: resolve(repositoryRoot, settings['DATA_DIR'] || data) },
  })
  if (code !== inUseCode) return code
  const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`
  return cannotRead(
    `end the stack with "./trunkline down${offset}" and ask again; with DATABASE_URL both work at once`,
  )
}

async function verifyReceipt({
  portOffset,
  file,
  keyFile,
}: Extract<AuditOptions, { action: 'receipt' }>): Promise<number> {
  if (keyFile !== undefined) return runCheck('verify-receipt', { args: [file, keyFile] })
  const state = readStackState(process.env, { portOffset })
  if (state.kind !== 'ready') {
    return cannotRead('no stack runs that could be asked for the key; --key names a file with it')
  }
  const { urls, tokens } = state.stack
  const response = await fetch(new URL('/v1/erasures/key', urls.orchestrator), {
    headers: { authorization: `Bearer ${tokens.operator}` },
  }).catch(() => undefined)
  if (!response?.ok) return cannotRead('the orchestrator does not tell its key')
  return runCheck('verify-receipt', { args: [file, '-'], input: await response.text() })
}

/** Runs a check of the orchestrator's, which says itself what it finds. */
async function runCheck(
  name: 'verify-audit' | 'verify-receipt',
  {
    args,
    env = process.env,
    input = '',
  }: { args: readonly string[]; env?: Environment; input?: string },
): Promise<number> {
  const main = join(repositoryRoot, 'orchestrator/src/records', name, 'main.ts')
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...env },
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  child.stdin.on('error', () => undefined) // it may end without having read anything
  child.stdin.end(input)
  const [code] = await once(child, 'exit')
  return code ?? cannotReadCode
}

function cannotRead(why: string): number {
  process.stderr.write(`${why}\n`)
  return cannotReadCode
}

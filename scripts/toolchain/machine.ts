import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** The outcome of one command: what decisions are made from, and what tests record. */
export interface CommandOutput {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}
export type RunCommand = (command: string, ...args: string[]) => CommandOutput

/** What this machine can do to obtain a missing tool. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Debian or Ubuntu, or made from one of them, with apt-get. */
  readonly hasApt: boolean
  readonly isRoot: boolean
  readonly hasBrew: boolean
  /** Undefined without Go. */
  readonly go: { readonly major: number; readonly minor: number } | undefined
  /** The client is there and a daemon answers it. */
  readonly hasDocker: boolean
}

export interface MachineInput {
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly userId: number | undefined
  /** `/etc/os-release`, empty where there is none. */
  readonly osRelease: string
  readonly run: RunCommand
}

export function readMachine({ platform, arch, userId, osRelease, run }: MachineInput): Machine {
  const debian = /^ID(_LIKE)?="?[^\n]*\b(debian|ubuntu)\b/m.test(osRelease)
  return {
    platform,
    arch,
    hasApt: debian && run('apt-get', '--version').ok,
    isRoot: userId === 0,
    hasBrew: platform === 'darwin' && run('brew', '--version').ok,
    go: readGoVersion(run('go', 'version')),
    hasDocker: hasDaemon(run('docker', 'info', '--format', '{{.ServerVersion}}')),
  }
}

/** `go version go1.26.8 linux/amd64` */
function readGoVersion({ ok, stdout }: CommandOutput): Machine['go'] {
  const [, major, minor] = /\bgo(\d+)\.(\d+)/.exec(stdout) ?? []
  return ok && major && minor ? { major: Number(major), minor: Number(minor) } : undefined
}

/** Some clients answer with code 0 and an empty line when there is no daemon. */
function hasDaemon({ ok, stdout }: CommandOutput): boolean {
  return ok && /^\d+\./.test(stdout.trim())
}

/** @param path where programs are looked for */
export function thisMachine(path: string): Machine {
  const file = '/etc/os-release'
  return readMachine({
    platform: process.platform,
    arch: process.arch,
    userId: process.getuid?.(),
    osRelease: existsSync(file) ? readFileSync(file, 'utf8') : '',
    run: (command, ...args) => runCommand(command, { args, path }),
  })
}

export function runCommand(
  command: string,
  { args, path }: { args: readonly string[]; path: string },
): CommandOutput {
  const result: SpawnSyncReturns<string> = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, PATH: path, LC_ALL: 'C' },
  })
  const ok = result.error === undefined && result.status === 0
  return { ok, stdout: result.stdout ?? '', stderr: result.stderr ?? '' }
}

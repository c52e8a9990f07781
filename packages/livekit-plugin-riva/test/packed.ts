import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const rootDir = join(import.meta.dirname, '../../..')
const packages = ['riva', 'livekit-plugin-riva']
const toolsDir = join(rootDir, 'node_modules/.bin')

/** The environment in which `npm`, `tsc` and `node` are the workspace's. */
const env = { ...process.env, PATH: `${toolsDir}${delimiter}${process.env['PATH'] ?? ''}` }

/** Runs a program of the workspace; what it printed is in the error when it fails. */
export async function runIn(cwd: string, program: string, args: readonly string[], more = {}) {
  return await run(program, [...args], { cwd, env: { ...env, ...more } })
}

/**
 * Packs riva and this plugin as `npm publish` would, from copies: a pack rewrites package.json for a
 * moment, and other tests read it.
 */
export async function packBoth(): Promise<{ dir: string; tarballs: string[] }> {
  const dir = await mkdtemp(join(tmpdir(), 'riva-pack-'))
  await symlink(join(rootDir, 'node_modules'), join(dir, 'node_modules'))
  await cp(join(rootDir, 'tsconfig.json'), join(dir, 'tsconfig.json'))
  for (const name of packages) {
    const source = join(rootDir, 'packages', name)
    const copy = join(dir, 'packages', name)
    await mkdir(copy, { recursive: true })
    for (const entry of await readdir(source)) {
      if (entry === 'node_modules') await symlink(join(source, entry), join(copy, entry))
      else if (entry !== 'dist')
        await cp(join(source, entry), join(copy, entry), { recursive: true })
    }
  }
  const tarballs: string[] = []
  for (const name of packages) {
    await runIn(join(dir, 'packages', name), 'npm', ['pack', '--pack-destination', dir])
  }
  for (const name of await readdir(dir)) if (name.endsWith('.tgz')) tarballs.push(join(dir, name))
  return { dir, tarballs }
}

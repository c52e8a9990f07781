import { execFile } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const packageDir = join(import.meta.dirname, '..')
const toolsDir = join(packageDir, '../../node_modules/.bin')

/** Runs the workspace's buf on this package; it finds its plugin on PATH. */
export async function runBuf(...args: string[]): Promise<Buffer> {
  const env = { ...process.env, PATH: `${toolsDir}${delimiter}${process.env['PATH'] ?? ''}` }
  const { stdout } = await run(join(toolsDir, 'buf'), args, {
    cwd: packageDir,
    encoding: 'buffer',
    env,
  })
  return stdout
}

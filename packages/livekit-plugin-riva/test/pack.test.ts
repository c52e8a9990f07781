import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../standins/speech/src/config.ts'
import { createService } from '../../../standins/speech/src/service.ts'
import { packBoth, runIn } from './packed.ts'

const packageDir = join(import.meta.dirname, '..')
const rivaDir = join(packageDir, '../riva')

let installDir: string
let packDir: string
let speech: Awaited<ReturnType<typeof createService>>

beforeAll(async () => {
  const env = { SPEECH_GRPC_PORT: '0', SPEECH_HTTP_PORT: '0', LOG_LEVEL: 'warn' }
  speech = await createService(readConfig({ ...env, SPEECH_WORKERS: '1' }))
  const packed = await packBoth()
  packDir = packed.dir
  installDir = await mkdtemp(join(tmpdir(), 'riva-install-'))
  await writeFile(join(installDir, 'package.json'), '{ "private": true }')
  const flags = ['--prefer-offline', '--no-progress', '--no-audit', '--no-fund']
  await runIn(installDir, 'npm', ['install', ...flags, ...packed.tarballs])
}, 240_000)

afterAll(async () => {
  await speech.close()
  await rm(packDir, { recursive: true, force: true })
  await rm(installDir, { recursive: true, force: true })
})

describe('the packed packages', () => {
  it.each(['riva', 'livekit-plugin-riva'])(
    '%s is JavaScript with types, and no TypeScript',
    async (name) => {
      const dir = join(installDir, 'node_modules/@trunkline', name)
      const manifest = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'))
      expect(manifest.exports).toEqual({
        '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      })
      expect(manifest.private).toBeUndefined()
      const { stdout } = await runIn(dir, 'find', ['.', '-name', '*.ts', '-not', '-name', '*.d.ts'])
      expect(stdout).toBe('')
      // postpack put the copy that was packed back as the workspace needs it.
      const source = JSON.parse(
        await readFile(join(packDir, 'packages', name, 'package.json'), 'utf8'),
      )
      expect(source.exports).toEqual({ '.': './src/index.ts' })
    },
  )

  it('run the example of the plugin’s README against standins/speech', async () => {
    const { stdout } = await runExample(packageDir, 'example.mjs', speech.grpcAddress)
    // What the recogniser makes of it is its own affair; a sentence about the room it must be.
    expect(stdout).toMatch(/double room/i)
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })

  it('run the example of riva’s README against standins/speech', async () => {
    const { stdout } = await runExample(rivaDir, 'models.mjs', speech.grpcAddress)
    expect(stdout).toMatch(/^serving\n.* en-US online\n/)
  })

  it('have types that a strict program can use', async () => {
    const program = `
      import { STT } from '@trunkline/livekit-plugin-riva'
      import { createRivaClients, toRivaError } from '@trunkline/riva'
      const recogniser = new STT({ clients: createRivaClients({ uri: 'localhost:1' }) })
      recogniser.flush()
      export const code: 'stalled' | 'x' = toRivaError(1).code
    `
    await mkdir(join(installDir, 'types'), { recursive: true })
    await writeFile(join(installDir, 'types/program.mts'), program)
    const flags = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
    ]
    const failure: { stdout?: string } = await runIn(installDir, 'tsc', [
      ...flags,
      'types/program.mts',
    ])
      .then(() => ({}))
      .catch((error) => error)
    const errors = failure.stdout?.trim().split('\n') ?? []
    // Only the wrong union: everything else has to be known.
    expect(errors.filter((line) => line.includes('error TS'))).toHaveLength(1)
    expect(errors[0]).toMatch(/TS2322.*RivaErrorCode/)
  })
})

/** Runs the code block of a README that names itself `fileName`, as it stands. */
async function runExample(dir: string, fileName: string, uri: string) {
  const readme = await readFile(join(dir, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code = '']) => code)
  const example = blocks.find((code) => code.startsWith(`// ${fileName}:`))
  if (example === undefined) throw new Error(`README has no example ${fileName}`)
  await writeFile(join(installDir, fileName), example)
  return await runIn(installDir, 'node', [fileName], { RIVA_URI: uri })
}

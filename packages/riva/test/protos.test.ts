import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runBuf } from './buf.ts'
import { readWire } from './read-descriptors.ts'

const run = promisify(execFile)
const packageDir = join(import.meta.dirname, '..')
const fixture = JSON.parse(
  await readFile(join(import.meta.dirname, '__fixtures__/riva-client.json'), 'utf8'),
)
const installed = await readInstalledClient()
if (installed.version !== fixture.client) {
  process.stderr.write(`skipped: fixture not compared with the pip package: ${installed.reason}\n`)
}

describe('the protos', () => {
  it('have the names, numbers, types and labels of nvidia-riva-client', async () => {
    const { client, ...expected } = fixture
    expect(client).toBe('2.27.0')
    expect(await readWire('nvidia.riva')).toEqual(expected)
    expect(Object.keys(expected.messages).length).toBeGreaterThan(30)
  })

  it('have the shape of the standard health service', async () => {
    const { methods, enums } = await readWire('grpc.health')
    expect(methods).toEqual({
      'grpc.health.v1.Health/Check': {
        request: 'grpc.health.v1.HealthCheckRequest',
        requestStream: false,
        response: 'grpc.health.v1.HealthCheckResponse',
        responseStream: false,
      },
      'grpc.health.v1.Health/Watch': {
        request: 'grpc.health.v1.HealthCheckRequest',
        requestStream: false,
        response: 'grpc.health.v1.HealthCheckResponse',
        responseStream: true,
      },
    })
    expect(enums['grpc.health.v1.HealthCheckResponse.ServingStatus']).toEqual({
      UNKNOWN: 0,
      SERVING: 1,
      NOT_SERVING: 2,
      SERVICE_UNKNOWN: 3,
    })
  })

  it('are what src/gen was generated from', async () => {
    const output = await mkdtemp(join(tmpdir(), 'riva-gen-'))
    try {
      await runBuf('generate', '-o', output)
      expect(await readSources(join(output, 'src/gen'))).toEqual(
        await readSources(join(packageDir, 'src/gen')),
      )
    } finally {
      await rm(output, { recursive: true })
    }
  })
})

describe.skipIf(installed.version !== fixture.client)('the fixture', () => {
  it('is what the installed pip package says', async () => {
    const { stdout } = await run('python3', [join(import.meta.dirname, 'read-descriptors.py')])
    expect(fixture).toEqual(JSON.parse(stdout))
  })
})

async function readInstalledClient(): Promise<{ version?: string; reason: string }> {
  const program = 'from importlib.metadata import version; print(version("nvidia-riva-client"))'
  try {
    const { stdout } = await run('python3', ['-c', program])
    const version = stdout.trim()
    return { version, reason: `it is ${version}, the fixture is of ${fixture.client}` }
  } catch {
    // No python, or no such package: the fixture alone is compared then.
    return { reason: `python3 with nvidia-riva-client ${fixture.client} is not installed` }
  }
}

async function readSources(directory: string): Promise<Record<string, string>> {
  const sources: Record<string, string> = {}
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    sources[path.slice(directory.length)] = await readFile(path, 'utf8')
  }
  return sources
}

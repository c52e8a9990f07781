import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repositoryRoot } from './paths.ts'

const entry = z.looseObject({
  version: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const lockSchema = z.looseObject({ packages: z.record(z.string(), entry) })

export type Lock = z.infer<typeof lockSchema>

/**
 * Adds the builds for other platforms that npm left out. npm asks the registry for each of them; one that
 * it does not serve is dropped from the lock file, and `npm ci` then refuses that file everywhere else.
 */
export function completeLock(lock: Lock): {
  readonly lock: Lock
  readonly added: readonly string[]
} {
  const packages = { ...lock.packages }
  const added: string[] = []
  for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`
      const isThere = Object.keys(packages).some((key) => key === path || key.endsWith(`/${path}`))
      // A range is no build of the package itself; those are pinned.
      if (isThere || !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) continue
      packages[path] = { version, ...readPlatform(name), optional: true }
      added.push(name)
    }
  }
  // npm's own order, so that its next change of the file is a small one.
  const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en'))
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added }
}

const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'aix',
]
const processors: Readonly<Record<string, string>> = {
  x64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
  arm: 'arm',
  armv7: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  ppc64le: 'ppc64',
  riscv64: 'riscv64',
  loong64: 'loong64',
  s390x: 's390x',
}
const libraries: Readonly<Record<string, string>> = { musl: 'musl', gnu: 'glibc' }

/** Packages of builds are named after what they run on, which spares fetching them. */
export function readPlatform(name: string) {
  const words = name.split(/[-/]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = words.flatMap((word) => processors[word] ?? [])
  const libc = words.flatMap((word) => (os.includes('linux') && libraries[word]) || [])
  return {
    ...(os.length > 0 && { os }),
    ...(cpu.length > 0 && { cpu }),
    ...(libc.length > 0 && { libc }),
  }
}

export function readLock(): Lock {
  return lockSchema.parse(JSON.parse(readFileSync(lockFile, 'utf8')))
}

const lockFile = join(repositoryRoot, 'package-lock.json')

// `node scripts/complete-lock.ts`, after a change of dependencies
if (import.meta.main) {
  const { lock, added } = completeLock(readLock())
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(`${added.length} builds for other platforms added\n`)
}

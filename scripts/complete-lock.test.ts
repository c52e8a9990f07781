import { describe, expect, it } from 'vitest'
import { completeLock, readLock, readPlatform } from './complete-lock.ts'

describe('completeLock', () => {
  it('adds the pinned builds that are missing, with what they run on', () => {
    const { lock, added } = completeLock({
      packages: {
        'node_modules/tool': {
          version: '1.0.0',
          optionalDependencies: {
            '@tool/darwin-arm64': '1.0.0',
            '@tool/linux-x64-musl': '1.0.0',
            '@tool/linux-x64': '1.0.0',
            fsevents: '~2.3.3',
          },
        },
        'node_modules/tool/node_modules/@tool/linux-x64': { version: '1.0.0' },
      },
    })
    expect(added).toEqual(['@tool/darwin-arm64', '@tool/linux-x64-musl'])
    expect(lock.packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '1.0.0',
      os: ['darwin'],
      cpu: ['arm64'],
      optional: true,
    })
    expect(completeLock(lock).added).toEqual([])
  })

  it('reads libraries only where Linux has several', () => {
    expect(readPlatform('@oxlint/binding-linux-x64-musl')).toEqual({
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    })
    expect(readPlatform('@oxlint/binding-win32-x64-msvc')).toEqual({ os: ['win32'], cpu: ['x64'] })
  })
})

describe('package-lock.json', () => {
  it('is complete, so that npm ci takes it: else run "node scripts/complete-lock.ts"', () => {
    expect(completeLock(readLock()).added).toEqual([])
  })
})

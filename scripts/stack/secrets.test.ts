import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOrCreateSecrets } from './secrets.ts'

describe('readOrCreateSecrets', () => {
  it('makes keys once, for the owner only, and finds them again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trunkline-secrets-'))
    const file = join(folder, 'secrets.json')
    const first = readOrCreateSecrets(file, {})
    expect(first.livekitApiSecret.length).toBeGreaterThanOrEqual(32)
    expect(first.sipPassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readOrCreateSecrets(file, {})).toEqual(first)
    expect(readOrCreateSecrets(file, { AGENT_TOKEN: 'mine' }).agentToken).toBe('mine')

    writeFileSync(file, '{"livekitApiKey": "x"}')
    expect(() => readOrCreateSecrets(file, {})).toThrow('damaged')
    rmSync(folder, { recursive: true })
  })

  it('takes a token from the file that is named for it, and says when there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trunkline-secrets-'))
    const file = join(folder, 'secrets.json')
    const mounted = join(folder, 'operator-token')
    writeFileSync(mounted, 'from-a-file\n')
    const settings = { OPERATOR_TOKEN_FILE: mounted }
    expect(readOrCreateSecrets(file, settings).operatorToken).toBe('from-a-file')
    expect(() => readOrCreateSecrets(file, { AGENT_TOKEN_FILE: join(folder, 'none') })).toThrow(
      'AGENT_TOKEN_FILE: the file cannot be read (ENOENT)',
    )
    rmSync(folder, { recursive: true })
  })
})

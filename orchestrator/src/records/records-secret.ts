import { hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '@trunkline/runtime'

export interface RecordsSecretOptions {
  readonly mode: 'local' | 'production'
  /** RECORDS_SECRET; the same in all replicas, and never changed: callers could not be found again. */
  readonly secret: string | undefined
  readonly dataDir: string
}

/**
 * The secret that callers' numbers are hashed and erasure receipts are signed with. In local mode one is made at the
 * first start and kept in DATA_DIR.
 * @throws {ConfigError} in production without RECORDS_SECRET
 */
export async function readRecordsSecret(options: RecordsSecretOptions): Promise<string> {
  const { mode, secret, dataDir } = options
  if (secret !== undefined) return secret
  if (mode === 'production') {
    throw new ConfigError('RECORDS_SECRET: needed in production (32 characters or more)')
  }
  const file = join(dataDir, 'records-secret')
  await mkdir(dataDir, { recursive: true })
  // Written beside it and linked, so that of two that start at once both read the same whole one.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  return (await readFile(file, 'utf8')).trim()
}

/** A key of its own for each use, so that none tells anything about another. */
export function deriveKey(secret: string, use: 'caller-hash' | 'erasure-receipt'): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `trunkline ${use}`, 32))
}

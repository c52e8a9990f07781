import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from './config.ts'

describe('readConfig', () => {
  it('takes the key from a file that LLM_API_KEY_FILE names, as every service does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'standin-llm-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'key')
    writeFileSync(file, 'key-from-a-file\n')
    expect(readConfig({ LLM_API_KEY_FILE: file }).apiKey).toBe('key-from-a-file')
    expect(readConfig({ LLM_API_KEY: '' }).apiKey).toBeUndefined()
    expect(() => readConfig({ LLM_API_KEY_FILE: join(folder, 'none') })).toThrow(
      'LLM_API_KEY_FILE: the file cannot be read (ENOENT)',
    )
  })
})

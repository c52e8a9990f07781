import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toApiPage } from './api-page.ts'

const page = new URL('../../../docs/orchestrator-api.md', import.meta.url)

describe('docs/orchestrator-api.md', () => {
  it('is what the routes and schemas of today say', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, toApiPage())
    expect(readFileSync(page, 'utf8')).toBe(toApiPage())
  })
})

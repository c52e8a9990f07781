import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toEndReasonsPage } from './end-reasons-page.ts'

const page = new URL('../../../docs/end-reasons.md', import.meta.url)

describe('docs/end-reasons.md', () => {
  it('says of every end reason whose fault it is and what it means', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, toEndReasonsPage())
    expect(readFileSync(page, 'utf8')).toBe(toEndReasonsPage())
  })
})

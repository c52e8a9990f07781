import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plantedFaults } from './faults.ts'

const source = new URL('../../src/', import.meta.url)

describe('the faults that planted-faults.ts plants', () => {
  it.each(plantedFaults)('$name: fits the code of today', ({ edits }) => {
    for (const { file, from } of edits) {
      expect(readFileSync(new URL(file, source), 'utf8')).toContain(from)
    }
  })
})

import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const run = (showPii: boolean) =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { createLogger } from '${import.meta.dirname}/logger.ts'
       createLogger('test', { level: 'info', showPii: ${showPii} })
         .child({ callId: 'c1' })
         .info({ pii: { transcript: 'my name is Emma' }, turn: { pii: 'Emma' } }, 'turn received')`,
    ],
    { encoding: 'utf8' },
  )

describe('createLogger', () => {
  it('removes personal values unless told to show them', () => {
    expect(run(false)).not.toContain('Emma')
    expect(run(false)).toContain('turn received')
    expect(run(true)).toContain('Emma')
  })
})

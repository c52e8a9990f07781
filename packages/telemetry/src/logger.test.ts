import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

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

  it('removes what slipped into other fields and into errors, and nothing technical', () => {
    const lines: string[] = []
    const logger = createLogger('test', { level: 'info', write: (line) => lines.push(line) })
    const fields = {
      callId: '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      url: 'http://127.0.0.1:8080/a',
    }
    const err = new Error('guest jane@example.com not found', { cause: '+44 7700 900123' })
    logger.info({ ...fields, turnMs: 1763706674123, note: 'card 4242 4242 4242 4242', err }, 'told')
    const [line = ''] = lines
    expect(line).not.toMatch(/jane|4242/)
    expect(JSON.parse(line)).toMatchObject({
      ...fields,
      turnMs: 1763706674123,
      note: 'card [card]',
    })
  })
})

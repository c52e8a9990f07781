import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bearerTokens } from './bearer-tokens.ts'
import { ConfigError, readEnvironment } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

function secretFile(text: string): string {
  const path = join(folder, `${Math.random()}`)
  writeFileSync(path, text)
  return path
}

const schema = z.object({ TOKEN: z.string().min(8), OTHER: z.string().optional() })

function faultsOf(env: Record<string, string>, of: z.ZodType = schema): string {
  try {
    readEnvironment(of, env)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return String(error)
  }
  throw new Error('nothing was found wrong')
}

describe('secrets from files', () => {
  it.each([
    ['twelve-chars', 'twelve-chars'],
    ['twelve-chars\n', 'twelve-chars'],
    ['twelve-chars\r\n', 'twelve-chars'],
    [' twelve-chars \n\n', ' twelve-chars \n'],
  ])('takes %j without its last newline', (text, value) => {
    expect(readEnvironment(schema, { TOKEN_FILE: secretFile(text) }).TOKEN).toBe(value)
  })

  it('reads them for a schema with a transformation behind it', () => {
    const piped = schema.transform(({ TOKEN }) => TOKEN.length)
    expect(readEnvironment(piped, { TOKEN_FILE: secretFile('twelve-chars') })).toBe(12)
  })

  it('refuses a value and a file together', () => {
    const text = faultsOf({ TOKEN: 'value-of-it', TOKEN_FILE: secretFile('twelve-chars') })
    expect(text).toContain('TOKEN and TOKEN_FILE are both set')
    expect(text).not.toContain('value-of-it')
  })

  it('takes an empty value beside a file as not set', () => {
    const env = { TOKEN: '', TOKEN_FILE: secretFile('twelve-chars') }
    expect(readEnvironment(schema, env).TOKEN).toBe('twelve-chars')
  })

  it('names each file that cannot be read together with every other fault, once', () => {
    const text = faultsOf(
      { A_FILE: '/nowhere/at/all', B_FILE: secretFile(''), C: 'short' },
      z.object({ A: z.string(), B: z.string(), C: z.string().min(8) }),
    )
    expect(text).toContain('A_FILE: the file cannot be read (ENOENT)')
    expect(text).toContain('B_FILE: the file is empty')
    expect(text.match(/✖/g)).toHaveLength(3)
  })

  it('leaves a variable alone that is a path by itself', () => {
    const paths = z.object({ CA: z.string().optional(), CA_FILE: z.string() })
    expect(readEnvironment(paths, { CA_FILE: '/etc/ca.pem' })).toEqual({ CA_FILE: '/etc/ca.pem' })
  })
})

describe('bearerTokens', () => {
  const tokens = bearerTokens({ minLength: 8 })

  it('reads one value, or two while it is changed', () => {
    expect(tokens.parse('first-one')).toEqual(['first-one'])
    expect(tokens.parse('first-one, second-one')).toEqual(['first-one', 'second-one'])
  })

  it.each([
    'short',
    'first-one,',
    'first-one,short',
    'a-token-1,a-token-2,a-token-3',
    'with a space',
  ])('refuses %j', (text) => {
    expect(tokens.safeParse(text).success).toBe(false)
  })
})

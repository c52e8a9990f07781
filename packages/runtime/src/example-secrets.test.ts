import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleSecretRule, isExampleSecret } from './example-secrets.ts'

const root = join(import.meta.dirname, '../../..')

describe('isExampleSecret', () => {
  it.each([
    'secret',
    'postgres',
    'ChangeMe-now-please',
    'your-token-goes-in',
    'put_your_token_in',
    'sk-xxxx',
    'tl_live_XXXXXXXXXXXX0000',
    'aaaaaaaaaaaaaaaaaaaa',
  ])('knows %s', (value) => {
    expect(isExampleSecret(value)).toBe(true)
  })

  it('knows every secret that our own guides print', () => {
    const guides = globSync('{*,*/,docs/**/}*.md', { cwd: root })
    const printed = guides.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /\b\w+_(?:TOKEN|SECRET)=([^\s`\\,;)]+)/g,
        ),
      ].map(([, value = '']) => value),
    )
    expect(printed).toContain('an-agent-token-here')
    expect(printed.filter((value) => !isExampleSecret(value))).toEqual([])
  })

  it.each(['k9XxXX_5dGm2QwTzVb81LrNc0PqHsJfY', 'pA7your-mR2tYvB0nXcZk3LsDf8WqEhG'])(
    'takes %s for a good one, in which a word is there by chance',
    (value) => {
      expect(isExampleSecret(value)).toBe(false)
    },
  )

  it('never takes what openssl or node make for an example', () => {
    for (let index = 0; index < 2000; index += 1) {
      expect(isExampleSecret(randomBytes(24).toString('base64url'))).toBe(false)
      expect(isExampleSecret(randomBytes(16).toString('hex'))).toBe(false)
    }
  })
})

describe('exampleSecretRule', () => {
  const rule = exampleSecretRule(['AGENT_TOKEN', 'DATABASE_URL'])
  const env = {
    AGENT_TOKEN: `${randomBytes(24).toString('hex')},an-agent-token-here`,
    DATABASE_URL: 'postgres://calls:postgres@db/calls',
  }

  it('refuses them in production, the second of two values and a URL’s password too', () => {
    const faults = rule({ ...env, TRUNKLINE_MODE: 'production' })
    expect(faults).toHaveLength(2)
    expect(faults.join()).not.toContain('an-agent-token-here')
  })

  it('lets a developer’s machine have them', () => {
    expect(rule(env)).toEqual([])
  })
})

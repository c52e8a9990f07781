import { z } from 'zod'
import type { EnvironmentRule } from './config.ts'

/** `TRUNKLINE_MODE`: what is open on a developer's machine is not in production. */
export const trunklineMode = z.enum(['local', 'production']).default('local')

/** Secrets that everybody knows: defaults of the programs around us, and what guides print. */
const known = new Set([
  ...['devkey', 'secret', 'api_secret', 'apikey', 'key', 'token', 'test', 'none', 'null'],
  ...['admin', 'root', 'postgres', 'redis', 'guest', 'default', 'password', 'passw0rd'],
  ...['trunkline', 'livekit', '12345678', 'qwertyuiop', 'letmein'],
])
/**
 * What guides put where a secret belongs. Short words count only where they stand alone: 'xxxx' anywhere would be
 * found in one of 36,000 good tokens of base64url.
 */
const placeholder =
  /change[-_ ]?me|example|placeholder|replace[-_ ]?(me|this)|(^|[-_ ])your[-_ ]|(^|[-_ ])x{4,}$|x{8}|[-_]here$|characters[-_]or[-_]more|^an?-[a-z]+-[a-z-]+$|^<.*>$|…|\.\.\./i
const enoughDistinct = 6

/** True for a default, an example, or a value of hardly any different characters. */
export function isExampleSecret(value: string): boolean {
  if (known.has(value.toLowerCase()) || placeholder.test(value)) return true
  return new Set(value).size < enoughDistinct
}

/**
 * A rule for `readEnvironment`: outside local mode no variable of `names` may hold a default or example secret. Of a
 * URL its password is looked at, of two values separated by a comma each. The key that only names a secret
 * (LIVEKIT_API_KEY) is none.
 */
export function exampleSecretRule(names: readonly string[]): EnvironmentRule {
  return (env) => {
    if ((env['TRUNKLINE_MODE'] ?? 'local') === 'local') return []
    return names
      .filter((name) => secretsOf(env[name] ?? '').some(isExampleSecret))
      .map((name) => `${name}: a default or example secret, in TRUNKLINE_MODE=production`)
  }
}

function secretsOf(value: string): string[] {
  if (value === '') return []
  if (!value.includes('://')) return value.split(',').map((one) => one.trim())
  const password = URL.canParse(value) ? new URL(value).password : ''
  return password === '' ? [] : [decodeURIComponent(password)]
}

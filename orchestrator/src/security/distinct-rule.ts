import type { EnvironmentRule } from '@trunkline/runtime'

/** A rule for `readEnvironment`: a token of one role must not open the routes of another. */
export function distinctRule(names: readonly string[]): EnvironmentRule {
  return (env) => {
    const owners = new Map<string, string>()
    const faults: string[] = []
    for (const name of names) {
      for (const token of new Set((env[name] ?? '').split(',').map((value) => value.trim()))) {
        const owner = token === '' ? undefined : owners.get(token)
        if (owner !== undefined) faults.push(`${name}: has the same value as ${owner}`)
        owners.set(token, name)
      }
    }
    return faults
  }
}

import type { EnvironmentRule } from '@trunkline/runtime'

/** A rule for `readEnvironment`: of these variables all are set or none; one alone would be passed over in silence. */
export function togetherRule(names: readonly string[]): EnvironmentRule {
  return (env) => {
    const isSet = (name: string) => (env[name] ?? '') !== ''
    const missing = names.filter((name) => !isSet(name))
    if (missing.length === names.length) return []
    return missing.map((name) => `${name}: is needed, as ${names.filter(isSet).join(', ')} is set`)
  }
}

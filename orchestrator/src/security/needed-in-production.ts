import type { EnvironmentRule } from '@trunkline/runtime'

/** A rule for `readEnvironment`: what local mode makes by itself has to be given in production. */
export function neededInProduction(names: readonly string[]): EnvironmentRule {
  return (env) =>
    env['TRUNKLINE_MODE'] === 'production'
      ? names.filter((name) => !env[name]).map((name) => `${name}: needed in production`)
      : []
}

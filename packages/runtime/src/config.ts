import { z } from 'zod'

/** Every fault of the environment at once; `message` is ready to print. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads a service's settings from environment variables. An empty value counts as not set.
 * @throws {ConfigError} naming each faulty variable; values are not repeated, they may be secret
 */
export function readEnvironment<S extends z.ZodType>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set)
  if (parsed.success) return parsed.data
  throw new ConfigError(`the environment is not right:\n${z.prettifyError(parsed.error)}`)
}

/** `LOG_LEVEL`, the same in every service. */
export const logLevel = z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info')

/** A TCP port; 0 takes a free one. */
export const port = z.coerce.number().int().min(0).max(65535)

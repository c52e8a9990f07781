import { z } from 'zod'
import { readSecretFiles } from './secret-files.ts'

/** Every fault of the environment at once; `message` is ready to print. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Faults that a schema of single variables cannot see; each names its variable and repeats no value. */
export type EnvironmentRule = (env: Readonly<Record<string, string | undefined>>) => string[]

/**
 * Reads a service's settings from environment variables. An empty value counts as not set; `NAME_FILE` names a file
 * that holds the value of `NAME`.
 * @throws {ConfigError} naming each faulty variable; values are not repeated, they may be secret
 */
export function readEnvironment<S extends z.ZodType>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
  { rules = [] }: { rules?: readonly EnvironmentRule[] } = {},
): z.output<S> {
  const files = readSecretFiles(variablesOf(schema), env)
  const given = Object.entries(env).filter(([, value]) => value !== '')
  const set = { ...Object.fromEntries(given), ...files.values }
  const parsed = schema.safeParse(set, { error: toMissing })
  const broken = rules.flatMap((rule) => rule(set))
  if (parsed.success && files.faults.length === 0 && broken.length === 0) return parsed.data
  const faults = [...files.faults, ...broken].map((fault) => `✖ ${fault}`)
  // A variable whose file could not be read is not reported as missing as well.
  const issues = (parsed.error?.issues ?? []).filter(
    ({ path }) => !files.faults.some((fault) => fault.startsWith(`${String(path[0])}_FILE:`)),
  )
  if (issues.length > 0) faults.push(z.prettifyError(new z.ZodError(issues)))
  throw new ConfigError(`the environment is not right:\n${faults.join('\n')}`)
}

/** zod would say "expected string, received undefined" to who has forgotten a variable. */
function toMissing({ code, input }: { code?: string; input?: unknown }): string | undefined {
  return code === 'invalid_type' && input === undefined ? 'needed, and not set' : undefined
}

/** Names of the variables that an object schema, or one with a transformation behind it, reads. */
function variablesOf(schema: unknown): string[] {
  if (schema instanceof z.ZodPipe) return variablesOf(schema.in)
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

/** `LOG_LEVEL`, the same in every service. */
export const logLevel = z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info')
export type LogLevel = z.output<typeof logLevel>

/** A TCP port; 0 takes a free one. */
export const port = z.coerce.number().int().min(0).max(65535)

/** A gRPC target, `host:port`. */
export const hostPort = z.string().regex(/^[^/\s]+:\d+$/, 'host:port, without a scheme')

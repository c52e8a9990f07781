import type { Tool } from '../chat.ts'

/**
 * Fits values to a tool's schema: only properties it has, numbers and texts as it wants them. A tool that lists no
 * properties gets nothing.
 */
export function toArguments(
  tool: Tool,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fitted: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(tool.properties)) {
    const value = values[name]
    if (value === undefined) continue
    fitted[name] = fit(value, property.type)
  }
  return fitted
}

/** The same, with something for every required property: for a call that was demanded (tool_choice). */
export function toForcedArguments(
  tool: Tool,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fitted = toArguments(tool, values)
  for (const name of tool.required) {
    const property = tool.properties[name]
    fitted[name] ??= property?.enum[0] ?? blanks[property?.type ?? 'string'] ?? ''
  }
  return fitted
}

const blanks: Readonly<Record<string, unknown>> = {
  string: '',
  number: 0,
  integer: 0,
  boolean: false,
  array: [],
  object: {},
}

function fit(value: unknown, type: string | undefined): unknown {
  if (type === 'string') return String(value)
  if (type === 'integer' || type === 'number') {
    const number = Number(value)
    return Number.isNaN(number) ? value : number
  }
  return value
}

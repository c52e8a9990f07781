import type { ToolResult } from '../../dialogue/tool.ts'

/** A result that tells the model what is wrong and what to do about it. */
export function toolError(
  error: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): ToolResult {
  return { ok: false, result: { error, message, ...details } }
}

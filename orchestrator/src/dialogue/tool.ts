import type { Line } from '@trunkline/contracts'
import { z } from 'zod'
import type { Claim } from '../claims/claim.ts'
import type { Awaited } from '../turns/expectations.ts'

export interface ToolContext {
  readonly callId: string
  readonly turnId: string
  readonly epoch: number
  readonly line: Line
  /** Aborted with the turn, or when the tool has had its time. */
  readonly signal: AbortSignal
}

/** What the model is told; keys in snake_case. `ok` is false when the result is an `error`. */
export interface ToolResult {
  readonly ok: boolean
  readonly result: Readonly<Record<string, unknown>>
  /** The model is not asked again: what follows is said by somebody else. */
  readonly endsTurn?: boolean
  /** What the caller is to be asked for with this; the reply's words tell otherwise. */
  readonly awaits?: Awaited
}

export type PreparedCall =
  | { readonly ok: true; run(context: ToolContext): Promise<ToolResult> }
  | { readonly ok: false; readonly message: string }

/** A function the model may call. */
export interface Tool {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>
  /**
   * The tool changes the world. When its turn is aborted it is not left half done: it goes on, and what it came
   * to is told later. Such a tool itself refuses to begin once `signal` is aborted.
   */
  readonly hasEffect: boolean
  /** What may be said to have been done when the tool has succeeded; without it nothing. */
  readonly proves: readonly Claim[]
  /** Checks the model's arguments; a fault's message names the fields, for the model to correct itself. */
  prepare(args: Readonly<Record<string, unknown>>): PreparedCall
}

/** The tools of a line as they are now. */
export type ToolBox = (line: Line) => readonly Tool[]

export interface ToolDefinition<S extends z.ZodObject> {
  readonly name: string
  readonly description: string
  readonly parameters: S
  readonly hasEffect?: boolean
  readonly proves?: readonly Claim[]
  run(args: z.output<S>, context: ToolContext): Promise<ToolResult>
}

/** Makes a tool whose arguments are checked by the zod schema that the model sees as JSON Schema. */
export function defineTool<S extends z.ZodObject>(definition: ToolDefinition<S>): Tool {
  const { name, description, parameters, hasEffect = false, proves = [] } = definition
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, {
    // Zod's pattern for dates is long, costs tokens in every request and says no more than the format.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date') delete jsonSchema.pattern
    },
  })
  return {
    name,
    description,
    parameters: schema,
    hasEffect,
    proves,
    prepare(args) {
      const parsed = parameters.safeParse(dropEmpty(args))
      if (!parsed.success) {
        const faults = parsed.error.issues.map(
          (issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`,
        )
        return { ok: false, message: faults.join('; ') }
      }
      return { ok: true, run: (context) => definition.run(parsed.data, context) }
    },
  }
}

/** Models fill what they do not know with null or an empty string. */
function dropEmpty(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).filter(([, value]) => value !== null && value !== ''),
  )
}

import { z } from 'zod'

/** What we read of a JSON schema. */
interface JsonSchema {
  readonly type?: string | readonly string[] | undefined
  readonly const?: unknown
  readonly enum?: readonly unknown[] | undefined
  readonly description?: string | undefined
  readonly default?: unknown
  readonly pattern?: string | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly maxLength?: number | undefined
  readonly required?: readonly string[] | undefined
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined
  readonly items?: JsonSchema | undefined
  readonly oneOf?: readonly JsonSchema[] | undefined
  readonly anyOf?: readonly JsonSchema[] | undefined
}

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxLength: z.number().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    items: jsonSchema.optional(),
    oneOf: z.array(jsonSchema).optional(),
    anyOf: z.array(jsonSchema).optional(),
  }),
)

/** The fields of a schema as markdown tables: one for an object, one for each kind of a union. */
export function toSchemaTables(schema: z.ZodType, { io }: { io: 'input' | 'output' }): string {
  const json = jsonSchema.parse(
    z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }),
  )
  const kinds = variantsOf(json)
  return (kinds.length === 0 ? [json] : kinds).map(toTable).join('\n\n')
}

function variantsOf({ oneOf, anyOf }: JsonSchema): readonly JsonSchema[] {
  return oneOf ?? anyOf ?? []
}

function toTable(schema: JsonSchema): string {
  const rows = toRows(schema, '')
  if (rows.length === 0) return 'Nothing.'
  return `| field | type | |\n|---|---|---|\n${rows.join('\n')}`
}

function toRows({ properties = {}, required = [] }: JsonSchema, prefix: string): string[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const isOptional = !required.includes(name)
    const path = `${prefix}${name}`
    return [
      `| \`${path}\` | ${toType(field)} | ${toNotes(field, isOptional)} |`,
      ...nested(field, path),
    ]
  })
}

function nested(field: JsonSchema, path: string): string[] {
  if (field.properties) return toRows(field, `${path}.`)
  if (field.items?.properties) return toRows(field.items, `${path}[].`)
  const kinds = variantsOf(field.items ?? field).filter(({ properties }) => properties)
  const inner = field.items ? `${path}[].` : `${path}.`
  return [...new Set(kinds.flatMap((kind) => toRows(kind, inner)))]
}

function toType(field: JsonSchema): string {
  if ('const' in field && field.const !== undefined) return `\`${JSON.stringify(field.const)}\``
  if (field.enum) return field.enum.map((value) => `\`${String(value)}\``).join(' ')
  if (field.items) return `list of ${toType(field.items)}`
  const kinds = variantsOf(field)
  if (kinds.length > 0) return [...new Set(kinds.map(toTypeName))].join(' or ')
  return toTypeName(field)
}

function toTypeName({ type = 'any' }: JsonSchema): string {
  return [type].flat().join(' or ')
}

function toNotes(field: JsonSchema, isOptional: boolean): string {
  const { minimum, maximum, maxLength, pattern, description } = field
  const isBound = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  const bounds = [
    ...(isBound(minimum) ? [`from ${minimum}`] : []),
    ...(isBound(maximum) ? [`to ${maximum}`] : []),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
  ].join(' ')
  return [
    ...(field.default === undefined
      ? isOptional
        ? ['optional']
        : []
      : [`default \`${JSON.stringify(field.default)}\``]),
    ...(bounds === '' ? [] : [bounds]),
    ...(pattern === undefined ? [] : [`\`${pattern.replaceAll('|', '\\|')}\``]),
    ...(description === undefined ? [] : [description.replaceAll('|', '\\|')]),
  ].join('; ')
}

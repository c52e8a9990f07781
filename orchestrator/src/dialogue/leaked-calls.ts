import { z } from 'zod'

const record = z.record(z.string(), z.unknown())
const writtenCall = z.object({
  name: z.string().min(1),
  arguments: z.union([record, z.string()]).optional(),
  parameters: record.optional(),
})

export interface LeakedCall {
  readonly name: string
  /** JSON */
  readonly arguments: string
}

/**
 * Tool calls that a server left in the text: `{"name", "arguments" or "parameters"}`, alone or in a list, or the
 * `<function=…><parameter=…>` form. What cannot be read is no call.
 */
export function readLeakedCalls(texts: readonly string[]): readonly LeakedCall[] {
  return texts.flatMap((text) => readTags(text) ?? readJson(text.replace(/\[tool_calls\]/gi, '')))
}

function readJson(text: string): readonly LeakedCall[] {
  const begin = text.search(/[{[]/)
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))
  if (begin < 0 || end < begin) return []
  let json: unknown
  try {
    json = JSON.parse(text.slice(begin, end + 1))
  } catch {
    return [] // not a call that can be read
  }
  return (Array.isArray(json) ? json : [json]).flatMap((one) => {
    const parsed = writtenCall.safeParse(one)
    if (!parsed.success) return []
    const { name, arguments: args = parsed.data.parameters ?? {} } = parsed.data
    return [{ name, arguments: typeof args === 'string' ? args : JSON.stringify(args) }]
  })
}

function readTags(text: string): readonly LeakedCall[] | undefined {
  const calls = [...text.matchAll(/<function=([\w.-]+)>([\s\S]*?)(?:<\/function>|$)/g)]
  if (calls.length === 0) return undefined
  return calls.map(([, name = '', body = '']) => {
    const parameters = [...body.matchAll(/<parameter=([\w.-]+)>([\s\S]*?)<\/parameter>/g)]
    if (parameters.length === 0 && body.trim().startsWith('{')) {
      return { name, arguments: body.trim() }
    }
    const args = Object.fromEntries(
      parameters.map(([, key = '', value = '']) => [key, value.trim()]),
    )
    return { name, arguments: JSON.stringify(args) }
  })
}

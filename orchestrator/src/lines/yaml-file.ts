import { readFile } from 'node:fs/promises'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { FileFault } from './line-error.ts'

export type YamlFile<T> =
  | { readonly ok: true; readonly value: T; readonly text: string }
  | { readonly ok: false; readonly faults: readonly FileFault[]; readonly text: string }

type Path = readonly PropertyKey[]

/** Reads one YAML file strictly; every fault has its line and field, and repeats no value. */
export async function readYamlFile<S extends z.ZodType>(
  schema: S,
  file: string,
): Promise<YamlFile<z.output<S>>> {
  const read = await readText(file)
  if (!read.ok) {
    const message = `cannot be read (${read.code})`
    return { ok: false, faults: [{ file, line: 1, column: 1, field: '', message }], text: '' }
  }
  const { text } = read
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, version: '1.2' })
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      file,
      ...at(error.pos[0]),
      field: '',
      message: `not valid YAML (${error.code})`,
    }))
    return { ok: false, faults, text }
  }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return { ok: true, value: parsed.data, text }
  const faults = parsed.error.issues.flatMap((issue) =>
    faultPaths(issue).map((path) => ({
      file,
      ...at(offsetOf(document, path)),
      field: path.map(String).join('.'),
      message: issue.code === 'unrecognized_keys' ? 'unknown field' : issue.message,
    })),
  )
  return { ok: false, faults, text }
}

/** An issue about unknown keys names the object; each key is a fault of its own. */
function faultPaths(issue: z.core.$ZodIssue): readonly Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key])
  return [issue.path]
}

/** Where the field's key stands, or its parent's when the field is missing. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step)
      if (!pair) return offset
      if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0]
      node = pair.value
    } else {
      node = document.getIn([...path.slice(0, path.indexOf(step) + 1)], true)
      if (isNode(node) && node.range) offset = node.range[0]
      else return offset
    }
  }
  return offset
}

async function readText(
  file: string,
): Promise<{ ok: true; text: string } | { ok: false; code: string }> {
  try {
    return { ok: true, text: await readFile(file, 'utf8') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { ok: false, code }
  }
}

const maxDepth = 12

/** A copy with every string changed. The very same value where nothing was. */
export function redactValue<T>(value: T, redact: (text: string) => string): T
export function redactValue(value: unknown, redact: (text: string) => string): unknown {
  return copy(value, { redact, seen: new WeakMap(), depth: 0 })
}

interface Walk {
  readonly redact: (text: string) => string
  readonly seen: WeakMap<object, unknown>
  readonly depth: number
}

function copy(value: unknown, { redact, seen, depth }: Walk): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  const known = seen.get(value)
  if (known !== undefined) return known
  if (depth >= maxDepth) return '[deep]'
  const walk = { redact, seen, depth: depth + 1 }
  if (Array.isArray(value)) {
    const items: unknown[] = []
    seen.set(value, items)
    for (const item of value) items.push(copy(item, walk))
    return items
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  const fields: Record<string, unknown> = {}
  seen.set(value, fields)
  for (const [key, field] of Object.entries(value)) fields[key] = copy(field, walk)
  return fields
}

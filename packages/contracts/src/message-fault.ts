import type { z } from 'zod'

export interface MessageFault {
  readonly code: 'bad-message' | 'unknown-type'
  readonly message: string
  /** For the sender: an unknown field has the sender's own name. */
  readonly field?: string
  /** For the log: a field of the schema; empty for an unknown one. */
  readonly path?: string
}

export type MessageResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: MessageFault }

/** Parses one channel message; a fault names the type or the field, and never repeats a value. */
export function readMessage<T>(
  schema: z.ZodDiscriminatedUnion<readonly z.core.SomeType[], string> & z.ZodType<T>,
  raw: string,
): MessageResult<T> {
  let json: unknown
  try {
    json = JSON.parse(raw)
  } catch {
    // The text itself may hold a transcript, so nothing of it goes into the fault.
    return { ok: false, fault: { code: 'bad-message', message: 'not valid JSON' } }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issue = parsed.error.issues[0]
  if (issue?.code === 'invalid_union') {
    return {
      ok: false,
      fault: { code: 'unknown-type', message: 'unknown message type', field: 'type', path: 'type' },
    }
  }
  const path = issue?.path.join('.') ?? ''
  const field = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : path
  return {
    ok: false,
    fault: { code: 'bad-message', message: `wrong field: ${field}`, field, path },
  }
}

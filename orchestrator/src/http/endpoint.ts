import type { z } from 'zod'
import type { Role } from '../security/role.ts'

/** One request with its answer, as docs/orchestrator-api.md shows it and a test runs it. */
export interface Example {
  /** With `{id}` where a call's id belongs. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly status: number
}

/** One route of the orchestrator's HTTP API. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  /** As fastify registers it. */
  readonly path: string
  readonly summary: string
  /** Whose token it wants. */
  readonly role: Role | 'anyone' | 'livekit'
  readonly query?: z.ZodObject
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: z.ZodType
  /** Answers beyond the faults that every route has, by status. */
  readonly answers: Readonly<Record<number, string>>
  readonly answer?: z.ZodType
  readonly example?: Example
}

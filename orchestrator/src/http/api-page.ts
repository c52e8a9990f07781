import type { z } from 'zod'
import type { Endpoint, Example } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { toSchemaTables } from './schema-table.ts'

/** The text of docs/orchestrator-api.md. */
export function toApiPage(): string {
  const sections = Object.entries(endpoints).map(
    ([title, group]) => `## ${title}\n\n${group.map(toSection).join('\n')}`,
  )
  return `${head}\n${sections.join('\n')}`
}

const head = `# The orchestrator’s HTTP API

Requests carry \`Authorization: Bearer\` with a token of the role that a route names: a static one (AGENT_TOKEN,
OPERATOR_TOKEN, EVENTS_TOKEN), or a JWT with \`aud: trunkline\`, \`exp\` and \`role\` (\`agent\`, \`operator\` or
\`events\`), signed with JWT_SECRET (HS256) or by a key of JWT_KEYS (ES256, EdDSA). Bodies are \`application/json\`.

The examples want the address and the token in the shell; of a stack that runs here,
\`eval "$(./trunkline status --env)"\` puts both there. \`{id}\` is the id of a call, as \`GET /v1/calls\` lists it.

Faults are \`{ "error": { "code", "message" } }\` and repeat nothing of what was sent:

| status | code | when |
|---|---|---|
| 400 | \`bad-request\` | the message names each field with its path |
| 401 | \`unauthorized\` | no token, or one that nobody has, or that has expired |
| 403 | \`forbidden\` | a token of another role |
| 404 | \`not-found\` | no such call, line or route |
| 409 | \`conflict\` | not in the state the call is in, which \`error.state\` tells |
| 413 | \`too-large\` | a body of more than 256 KiB |
| 415 | \`unsupported-media-type\` | a body that is not JSON |
| 422 | \`key-reused\` | an \`Idempotency-Key\` that came before with another body |
| 429 | \`too-many-requests\` | \`Retry-After\` says in how many seconds to come again |
| 503 | \`unavailable\` | Redis, the database or the replica that holds the call is away; try again |

Limits a minute and replica: RATE_LIMIT_PER_TOKEN for each operator’s token, RATE_LIMIT_PER_ADDRESS for requests
without a valid token. Agents and senders of events are not limited by count: a refused agent is a lost call, and
events have a bounded queue.

Generated from orchestrator/src/http/endpoints.ts and the schemas of packages/contracts; tests compare it with the
routes of a running service and run its examples.
\`UPDATE_DOCS=1 npx vitest run --project unit orchestrator/src/http/api-page.test.ts\` writes it.
`

/** What the shell knows a role's token by; the other roles have none. */
const tokenVariables: Readonly<Record<string, string>> = {
  agent: 'AGENT_TOKEN',
  operator: 'OPERATOR_TOKEN',
  events: 'EVENTS_TOKEN',
}

const roleTexts = {
  agent: 'agent’s token',
  operator: 'operator’s token',
  events: 'token of an event sender',
  anyone: 'no token',
  livekit: 'LiveKit’s signature',
} as const

function toSection(endpoint: Endpoint): string {
  const { method, path, summary, role, headers, query, body, answers, answer, example } = endpoint
  const rows = Object.entries(answers).map(([status, text]) => `- ${status}: ${text}`)
  return [
    `### ${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    `${summary} (${roleTexts[role]})`,
    ...(headers
      ? [
          Object.entries(headers)
            .map(([name, text]) => `- header \`${name}\`: ${text}`)
            .join('\n'),
        ]
      : []),
    ...(query ? [toSchema('Query', query)] : []),
    ...(body ? [toSchema('Body', body)] : []),
    rows.join('\n'),
    ...(answer ? [toSchema('Answer', answer)] : []),
    ...(example ? [toExample(endpoint, example)] : []),
    '',
  ].join('\n\n')
}

function toSchema(title: string, schema: z.ZodType): string {
  return `${title}:\n\n${toSchemaTables(schema, { io: title === 'Answer' ? 'output' : 'input' })}`
}

function toExample(
  { method, role }: Pick<Endpoint, 'method' | 'role'>,
  { path, headers = {}, body, status }: Example,
): string {
  const token = tokenVariables[role]
  const lines = [
    `curl -i -X ${method} "$ORCHESTRATOR_URL${path}"`,
    ...(token === undefined ? [] : [`-H "authorization: Bearer $${token}"`]),
    ...Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`),
    ...(body === undefined
      ? []
      : [`-H 'content-type: application/json'`, `-d '${JSON.stringify(body)}'`]),
  ]
  return `Example, answered ${status}:\n\n\`\`\`sh\n${lines.join(' \\\n  ')}\n\`\`\``
}

import { createHash } from 'node:crypto'
import type { Line, WebhookEndpoint } from '@trunkline/contracts'
import type { LineStore } from '../lines/line-store.ts'

/** One address of a line's owner, as the line file has it now. */
export interface Endpoint {
  /** `<line>.<name>`: what is waiting follows it when the URL changes. */
  readonly id: string
  readonly line: Line
  readonly url: string
  /** Tells one URL from another without keeping it: it may hold a key. */
  readonly urlHash: string
  readonly settings: WebhookEndpoint
}

export function toEndpoints(line: Line): readonly Endpoint[] {
  return line.webhooks.map((settings) => ({
    id: `${line.id}.${settings.name}`,
    line,
    url: settings.url,
    urlHash: createHash('sha256').update(settings.url).digest('hex'),
    settings,
  }))
}

/** The address with this id; undefined when no line has it any more. */
export function findEndpoint(id: string, lines: Pick<LineStore, 'byId'>): Endpoint | undefined {
  const [lineId = ''] = id.split('.')
  const line = lines.byId(lineId)
  return line ? toEndpoints(line).find((endpoint) => endpoint.id === id) : undefined
}

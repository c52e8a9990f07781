import { type CallEvent, callEvent } from '@trunkline/contracts'
import { operatorToken } from './service.ts'

export interface SentEvent {
  readonly id: string
  readonly type: string
  readonly event: CallEvent
}

/** Reads a call's server-sent events until the server ends them, or `until` says so. */
export async function readEvents(
  url: string,
  callId: string,
  options: { after?: string; until?: (entry: SentEvent) => boolean } = {},
): Promise<SentEvent[]> {
  const stop = new AbortController()
  const response = await fetch(`${url}/v1/calls/${callId}/events`, {
    headers: {
      authorization: `Bearer ${operatorToken}`,
      ...(options.after === undefined ? {} : { 'last-event-id': options.after }),
    },
    signal: stop.signal,
  })
  if (!response.ok || !response.body) throw new Error(`events: ${response.status}`)
  const entries: SentEvent[] = []
  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${chunk}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const entry = readBlock(block)
      if (!entry) continue
      entries.push(entry)
      if (options.until?.(entry)) {
        stop.abort()
        return entries
      }
    }
  }
  return entries
}

function readBlock(block: string): SentEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 2)]
    }),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  return {
    id: fields.get('id') ?? '',
    type: fields.get('event') ?? '',
    event: callEvent.parse(JSON.parse(data)),
  }
}

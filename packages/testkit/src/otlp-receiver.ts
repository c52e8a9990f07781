import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'

const receivedSpan = z.object({
  traceId: z.string(),
  spanId: z.string(),
  /** Empty for the first of a trace. */
  parentSpanId: z.string(),
  name: z.string(),
  service: z.string(),
  startAt: z.number(),
  endAt: z.number(),
  /** Those that are strings. */
  attributes: z.record(z.string(), z.string()),
})
const received = z.object({ spans: z.array(receivedSpan), raw: z.string() })

/** One span as it was received; ids in hexadecimal, times in epoch milliseconds. */
export type ReceivedSpan = Readonly<z.infer<typeof receivedSpan>>

export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string
  readonly spans: readonly ReceivedSpan[]
  /** Everything received, as it came: to look for what must not be in it. */
  readonly raw: Buffer
  close(): Promise<void>
}

/** Takes traces by OTLP over HTTP, in protobuf, as a collector does; other processes read them by {@link fetchTraces}. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = []
  const bodies: Buffer[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request)
      if (request.url === '/v1/traces') {
        bodies.push(body)
        spans.push(...readSpans(body))
      }
      if (request.url === '/traces') {
        const raw = Buffer.concat(bodies).toString('base64')
        return void response.end(JSON.stringify({ spans, raw }))
      }
      response.setHeader('content-type', 'application/x-protobuf').end()
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    get raw() {
      return Buffer.concat(bodies)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What a receiver of another process has received so far. */
export async function fetchTraces(url: string): Promise<Pick<OtlpReceiver, 'spans' | 'raw'>> {
  const response = await fetch(new URL('/traces', url))
  const { spans, raw } = received.parse(await response.json())
  return { spans, raw: Buffer.from(raw, 'base64') }
}

/** ExportTraceServiceRequest, by the numbers in opentelemetry/proto/trace/v1/trace.proto. */
function readSpans(body: Buffer): ReceivedSpan[] {
  return fieldsOf(body, 1).flatMap((resourceSpans) => {
    const resource = fieldsOf(resourceSpans, 1)[0] ?? Buffer.alloc(0)
    const service = readAttributes(resource, 1)['service.name'] ?? ''
    return fieldsOf(resourceSpans, 2).flatMap((scopeSpans) =>
      fieldsOf(scopeSpans, 2).map((span) => readSpan(span, service)),
    )
  })
}

function readSpan(span: Buffer, service: string): ReceivedSpan {
  const first = (number: number) => fieldsOf(span, number)[0] ?? Buffer.alloc(8)
  const hex = (number: number) => (fieldsOf(span, number)[0] ?? Buffer.alloc(0)).toString('hex')
  const at = (number: number) => Number(first(number).readBigUInt64LE()) / 1e6
  return {
    ...{ traceId: hex(1), spanId: hex(2), parentSpanId: hex(4), name: first(5).toString() },
    ...{ service, startAt: at(7), endAt: at(8), attributes: readAttributes(span, 9) },
  }
}

function readAttributes(message: Buffer, number: number): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(message, number).flatMap((pair) => {
      const value = fieldsOf(fieldsOf(pair, 2)[0] ?? Buffer.alloc(0), 1)[0]
      return value ? [[fieldsOf(pair, 1)[0]?.toString() ?? '', value.toString()]] : []
    }),
  )
}

/** The values of one field that have a length or eight bytes. */
function fieldsOf(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[at] ?? 0
      at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const key = varint()
    const [number, kind] = [key >>> 3, key & 7]
    if (kind === 0) {
      varint()
      continue
    }
    const length = kind === 2 ? varint() : kind === 1 ? 8 : 4
    if (number === wanted) found.push(message.subarray(at, at + length))
    at += length
  }
  return found
}

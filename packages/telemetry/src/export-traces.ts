import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, detectResources, envDetector } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node'
import { tracerName } from './tracing.ts'

/**
 * Sends this process' spans by OTLP over HTTP, as OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME and the other
 * variables of OpenTelemetry say.
 */
export function exportTraces(): { close(): Promise<void> } {
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(onlyOwn(new OTLPTraceExporter()))],
  })
  provider.register()
  return { close: () => provider.shutdown() }
}

/** Libraries make spans as well, agents-js some with transcripts in them: those go nowhere. */
export function onlyOwn(exporter: SpanExporter): SpanExporter {
  return {
    export(spans, done) {
      const own = spans.filter(isOwn)
      if (own.length === 0) done({ code: 0 })
      else exporter.export(own, done)
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  }
}

function isOwn({ instrumentationScope }: ReadableSpan): boolean {
  return instrumentationScope.name === tracerName
}

// Loaded by `node --import @trunkline/telemetry/register`; does nothing unless OTEL_EXPORTER_OTLP_ENDPOINT is set,
// which OpenTelemetry itself reads.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

// biome-ignore lint/style/noProcessEnv: OTEL_* belongs to OpenTelemetry alone (style rule 18)
if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const provider = new NodeTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  })
  provider.register()
  process.once('beforeExit', () => void provider.shutdown())
}

// Loaded by `node --import @trunkline/telemetry/register`; does nothing, and loads nothing, unless
// OTEL_EXPORTER_OTLP_ENDPOINT is set, which OpenTelemetry itself reads.
// biome-ignore lint/style/noProcessEnv: OTEL_* belongs to OpenTelemetry alone (style rule 18)
if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const { exportTraces } = await import('./export-traces.ts')
  const { close } = exportTraces()
  process.once('beforeExit', () => void close())
}

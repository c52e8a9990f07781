import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** The stand-in's own figures, a registry per server. */
export interface Metrics {
  readonly contentType: string
  render(): Promise<string>
  requestStarted(): void
  requestFinished(outcome: 'ok' | 'refused' | 'aborted' | 'cut'): void
  tokensSent(count: number): void
  toolsCalled(count: number): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'standin_llm_requests_total',
    help: 'chat completions by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const running = new Gauge({
    name: 'standin_llm_requests_running',
    help: 'chat completions that are being generated',
    registers: [registry],
  })
  const tokens = new Counter({
    name: 'standin_llm_generation_tokens_total',
    help: 'tokens sent',
    registers: [registry],
  })
  const calls = new Counter({
    name: 'standin_llm_tool_calls_total',
    help: 'tool calls generated',
    registers: [registry],
  })
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    requestStarted: () => running.inc(),
    requestFinished: (outcome) => {
      running.dec()
      requests.inc({ outcome })
    },
    tokensSent: (count) => tokens.inc(count),
    toolsCalled: (count) => calls.inc(count),
  }
}

import type { Config, LiveKitConfig } from '../src/config.ts'

/** A gateway of the test's own: free ports, and patience as short as the test wants it. */
export function testConfig(
  livekit: LiveKitConfig,
  { mediaTimeoutMs }: { readonly mediaTimeoutMs: number },
): Config {
  const first = 24_000 + 2 * Math.floor(Math.random() * 4000)
  return {
    log: { level: 'warn' },
    http: { host: '127.0.0.1', port: 0 },
    livekit,
    sip: {
      ...{ host: '127.0.0.1', port: 0, advertisedHost: undefined, ringingIntervalMs: 200 },
      rtpPorts: { first, last: first + 199 },
    },
    mediaTimeout: { initialMs: mediaTimeoutMs, laterMs: mediaTimeoutMs },
  }
}

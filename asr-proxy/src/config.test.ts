import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

// What all services have in common is in scripts/service-config.test.ts.
describe('readConfig', () => {
  it('starts with no setting at all', () => {
    expect(readConfig({})).toMatchObject({
      grpc: { host: '127.0.0.1', port: 50052 },
      http: { host: '127.0.0.1', port: 8082 },
      riva: { uri: '127.0.0.1:50051', ssl: false },
    })
  })

  it('waits as long for running streams as a call may last', () => {
    expect(readConfig({ MAX_CALL_SECONDS: '60' }).drainMs).toBe(60_000)
  })
})

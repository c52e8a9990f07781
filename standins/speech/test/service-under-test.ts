import { createLogger } from '@trunkline/telemetry'
import { type Config, readConfig } from '../src/config.ts'
import { createService, type Service } from '../src/service.ts'

/** The whole service on free ports, quiet. */
export function startService(overrides: Partial<Config> = {}): Promise<Service> {
  const config = readConfig({ SPEECH_GRPC_PORT: '0', SPEECH_HTTP_PORT: '0' })
  return createService(
    { ...config, ...overrides },
    { logger: createLogger('test', { level: 'silent' }) },
  )
}

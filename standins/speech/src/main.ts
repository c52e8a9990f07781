import { runMain } from '@trunkline/runtime'
import { createLogger } from '@trunkline/telemetry'
import { readConfig } from './config.ts'
import { createService } from './service.ts'

await runMain(async () => {
  const config = readConfig(process.env)
  const logger = createLogger('speech', config.log)
  const service = await createService(config, { logger })
  logger.info({ grpc: service.grpcAddress, http: service.url }, 'listening')
  return service
})

import { runMain } from '@trunkline/runtime'
import { createLogger } from '@trunkline/telemetry'
import { readConfig } from '../config.ts'
import { createLastWords } from './service.ts'

// rtc-node logs at debug, participants' names included, unless it is set.
process.env['NODE_ENV'] = 'production'

await runMain(async () => {
  const config = readConfig(process.env)
  const logger = createLogger('last-words', config.log)
  const service = await createLastWords(config, { logger })
  logger.info({ url: service.url }, 'listening')
  return service
})

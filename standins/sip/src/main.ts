import { dispose } from '@livekit/rtc-node'
import { runMain } from '@trunkline/runtime'
import { createLogger } from '@trunkline/telemetry'
import { readConfig } from './config.ts'
import { createService } from './service.ts'

// rtc-node logs at debug, participants' names included, unless it is set.
process.env['NODE_ENV'] = 'production'

await runMain(async () => {
  const config = readConfig(process.env)
  const logger = createLogger('sip', config.log)
  const service = await createService(config, { logger })
  logger.info({ url: service.url, sip: service.sip }, 'listening')
  const close = async () => {
    await service.close()
    await dispose() // rtc-node's own threads
  }
  return { close }
})

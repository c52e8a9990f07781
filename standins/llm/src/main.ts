import { runMain } from '@trunkline/runtime'
import { readConfig } from './config.ts'
import { createService } from './service.ts'

await runMain(() => createService(readConfig(process.env)))

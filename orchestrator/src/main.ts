import { runMain } from '@trunkline/runtime'
import { createService, readConfig } from './service.ts'

await runMain(() => createService(readConfig(process.env)))

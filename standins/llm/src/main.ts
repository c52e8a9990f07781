import { ConfigError, readConfig } from './config.ts'
import { createService } from './service.ts'

async function main(): Promise<void> {
  const service = await createService(readConfig(process.env))
  await new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  await service.close()
}

main().catch((error: unknown) => {
  const text =
    error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : error
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
})

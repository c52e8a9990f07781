import { fileURLToPath } from 'node:url'
import { AgentServer, initializeLogger, ServerOptions } from '@livekit/agents'
import { runMain } from '@trunkline/runtime'

const env = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

await runMain(async () => {
  initializeLogger({ pretty: false, level: 'warn' })
  const server = new AgentServer(
    new ServerOptions({
      agent: fileURLToPath(new URL('job.ts', import.meta.url)),
      agentName: env('BARE_AGENT_NAME'),
      production: true,
      wsURL: env('LIVEKIT_URL'),
      apiKey: env('LIVEKIT_API_KEY'),
      apiSecret: env('LIVEKIT_API_SECRET'),
      host: '127.0.0.1',
      port: Number(env('BARE_PORT')),
      numIdleProcesses: 1,
      initializeProcessTimeout: 60_000,
      loadThreshold: 1,
      loadFunc: async () => 0,
      logLevel: 'warn',
    }),
  )
  const running = server.run()
  running.catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
  return { close: () => server.close() }
})

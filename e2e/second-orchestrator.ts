import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NodeService, startNodeService } from '@trunkline/testkit'
import { repositoryRoot } from '../scripts/paths.ts'
import type { RunningStack } from './running-stack.ts'

/** Another replica beside the stack's own: the same Redis, database and livekit-server. */
export async function startSecondOrchestrator(
  { stack, linesDir, databaseUrl }: RunningStack,
  settings: Readonly<Record<string, string>>,
): Promise<NodeService> {
  const dataDir = mkdtempSync(join(tmpdir(), 'trunkline-second-'))
  const service = await startNodeService({
    main: join(repositoryRoot, 'orchestrator/src/main.ts'),
    portVariable: 'ORCHESTRATOR_PORT',
    env: {
      ...{ DATA_DIR: dataDir, LINES_DIR: linesDir, REDIS_URL: stack.urls.redis },
      ...{ LIVEKIT_URL: stack.livekit.url, LIVEKIT_API_KEY: stack.livekit.apiKey },
      ...{ LIVEKIT_API_SECRET: stack.livekit.apiSecret, LLM_SERVICE_URL: stack.urls.llm },
      ...{ AGENT_TOKEN: stack.tokens.agent, OPERATOR_TOKEN: stack.tokens.operator },
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...settings,
    },
  })
  return {
    ...service,
    async stop() {
      await service.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

import OpenAI from 'openai'
import type { Chat, Reply } from '../src/chat.ts'
import { type Config, readConfig } from '../src/config.ts'
import { createService } from '../src/service.ts'

export interface Started {
  readonly url: string
  readonly client: OpenAI
  close(): Promise<void>
}

/** A server on a free port and the official client in front of it; nothing is retried. */
export async function start(
  env: Record<string, string> = {},
  overrides: { answer?: (chat: Chat) => Reply; now?: () => Date } = {},
): Promise<Started> {
  const config: Config = readConfig({
    LLM_PORT: '0',
    LOG_LEVEL: 'silent',
    LLM_STANDIN_TTFT_MS: '0',
    LLM_STANDIN_TOKENS_PER_SECOND: '100000',
    ...env,
  })
  const service = await createService(config, overrides)
  const client = new OpenAI({
    baseURL: `${service.url}/v1`,
    apiKey: 'key-of-the-test',
    maxRetries: 0,
  })
  return { url: service.url, client, close: () => service.close() }
}

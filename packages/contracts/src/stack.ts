import { z } from 'zod'

/** `.run/stack.json`: the running stack, for people and programs. Written with mode 0600. */
export const stack = z.object({
  sip: z
    .object({
      host: z.string(),
      port: z.number(),
      number: z.string(),
      username: z.string(),
      password: z.string(),
    })
    .optional()
    .describe('absent when there is no livekit-sip'),
  livekit: z.object({ url: z.string(), apiKey: z.string(), apiSecret: z.string() }),
  urls: z.object({
    orchestrator: z.string(),
    asrProxy: z.string(),
    asrProxyGrpc: z.string(),
    ttsRouter: z.string(),
    speech: z.string().describe('HTTP of the stand-in; the address of a Riva that runs elsewhere'),
    speechGrpc: z.string().describe('host:port of Riva’s gRPC'),
    llm: z.string(),
    agentHealth: z.string(),
    agentMetrics: z.string(),
    redis: z.string(),
  }),
  tokens: z.object({ agent: z.string(), operator: z.string() }),
  processes: z.array(z.object({ name: z.string(), pid: z.number(), log: z.string() })),
})
export type Stack = z.infer<typeof stack>

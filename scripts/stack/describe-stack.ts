import type { Stack } from '@trunkline/contracts'
import { type StackPlan, stackAddresses, telephoneLine } from './plan.ts'
import type { RunningPart } from './supervisor.ts'

/** What `.run/stack.json` says about a running stack. */
export function describeStack(
  plan: StackPlan,
  { number, parts }: { number: string; parts: readonly RunningPart[] },
): Stack {
  const { ports, listen, secrets, externals } = plan
  const to = stackAddresses(plan)
  return {
    ...(telephoneLine(plan) !== 'elsewhere' && {
      sip: {
        host: listen.announce,
        port: ports.sip,
        number,
        username: secrets.sipUsername,
        password: secrets.sipPassword,
      },
    }),
    livekit: to.livekit,
    urls: {
      orchestrator: to.orchestrator,
      asrProxy: to.asrProxy,
      asrProxyGrpc: to.asrProxyGrpc,
      ttsRouter: to.ttsRouter,
      speech: externals.riva?.address ?? to.speechHttp,
      speechGrpc: to.riva,
      llm: externals.llm?.url ?? to.llm.replace(/\/v1$/, ''),
      agentHealth: to.agentHealth,
      agentMetrics: to.agentMetrics,
      redis: to.redis,
    },
    tokens: { agent: firstOf(secrets.agentToken), operator: firstOf(secrets.operatorToken) },
    processes: parts.map(({ name, pid, log }) => ({ name, pid, log })),
  }
}

/** While a token is changed it holds two, of which the first is the one to send. */
function firstOf(token: string): string {
  return token.split(',')[0]?.trim() ?? token
}

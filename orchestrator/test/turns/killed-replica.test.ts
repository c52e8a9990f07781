import { askForSentences, needs } from '@trunkline/testkit'
import { expect, it, onTestFinished } from 'vitest'
import { until } from '../records/until.ts'
import { startWorld } from '../simulation/world.ts'
import { connectAgent, hello, joinCall } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { agentToken, operatorToken } from '../support/service.ts'
import { ahead, confirmed } from './test-turns.ts'

it('answers a turn once whose orchestrator died before it was confirmed', {
  ...needs(['redis', 'postgres']),
  timeout: 120_000,
}, async () => {
  const env = { AGENT_TOKEN: agentToken, OPERATOR_TOKEN: operatorToken }
  const world = await startWorld({ replicas: 2, sentenceMs: 0, env })
  onTestFinished(() => world.close())
  const [one, two] = world.replicas
  if (!one || !two) throw new Error('two replicas were asked for')
  const wanted = askForSentences(2, 'tango')
  const { agent, job, callId } = await joinCall(one.url)
  const sent = agent.send(ahead('turn-1', wanted))
  await until(async () => world.model.requests === 1)
  await agent.next('ack', ({ upTo }) => upTo >= sent)
  await one.kill()
  await agent.closed

  const again = await connectAgent(two.url, { first: sent + 1 })
  again.sendRaw(JSON.stringify({ ...hello(job, { resumeFrom: 1 }), seq: 1, at: 1 }))
  again.send(confirmed('turn-1', wanted))
  await again.next('turn-finished')
  const said = again.received.flatMap((message) => (message.type === 'say' ? [message.text] : []))
  // Blue would be a third request, green is the second: the first one is gone with its process.
  expect(said).toEqual(['Part alpha of tango is green.', 'Part bravo of tango is green.'])
  const events = await readEvents(two.url, callId, {
    until: ({ type }) => type === 'turn-finished',
  })
  expect(events.filter(({ type }) => type === 'turn-received')).toHaveLength(1)
  expect(agent.received.filter(({ type }) => type === 'say')).toEqual([])
  await again.close()
})

import { fetchTraces, needs, type ReceivedSpan } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { talkTo } from './caller.ts'
import { readRunningStack } from './running-stack.ts'
import { until } from './until.ts'

const said = 'When is breakfast served?'

const servicesOf = (spans: readonly ReceivedSpan[]) =>
  [...new Set(spans.map(({ service }) => service))].sort()

describe('the trace of a telephone call', needs(['redis', 'livekit-server', 'sip']), () => {
  it('is one, over the agent, asr-proxy, orchestrator and tts-router, and says nothing that was said', async () => {
    const { stack, tracesUrl } = readRunningStack()
    const calledAt = Date.now()
    const { turns } = await talkTo(stack, { via: 'sip' }, (caller) =>
      caller.say(said).then(() => {}),
    )
    const isCall = ({ name, startAt }: ReceivedSpan) => name === 'call' && startAt >= calledAt
    // Each hangs by another one of the same call, whichever service that is of.
    const { spans, raw } = await until('all spans of the call have come', async () => {
      const received = await fetchTraces(tracesUrl)
      const traceId = received.spans.find(isCall)?.traceId
      const ofCall = received.spans.filter((span) => span.traceId === traceId)
      const ids = new Set(ofCall.map(({ spanId }) => spanId))
      const isWhole = ofCall.every((span) => isCall(span) || ids.has(span.parentSpanId))
      return isWhole && servicesOf(ofCall).length >= 4 ? { ...received, spans: ofCall } : undefined
    })
    expect(servicesOf(spans)).toEqual([
      'trunkline-agent',
      'trunkline-asr-proxy',
      'trunkline-orchestrator',
      'trunkline-tts-router',
    ])
    expect(spans.filter(isCall)).toHaveLength(1)
    const turnIds = spans
      .filter(({ name }) => name === 'turn')
      .map((span) => span.attributes['turnId'])
    expect(turnIds).toEqual(expect.arrayContaining(turns.map(({ turnId }) => turnId)))
    for (const words of ['breakfast', 'half past']) expect(raw.includes(words)).toBe(false)
  })
})

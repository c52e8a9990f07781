import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEvent, Stack } from '@trunkline/contracts'
import { isVoiced } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { placeCall } from '../scripts/call/place-call.ts'
import { eventsOf } from './caller.ts'
import { readRunningStack } from './running-stack.ts'
import { readMetrics, type Scrape } from './scrape.ts'
import { until } from './until.ts'

describe('the metrics of one call', needs(['redis', 'livekit-server', 'sip']), () => {
  it('have moved by what the call did, and by nothing else', async () => {
    const { stack } = readRunningStack()
    const { urls } = stack
    const scrape = async () => ({
      orchestrator: await readMetrics(urls.orchestrator),
      asrProxy: await readMetrics(urls.asrProxy),
      ttsRouter: await readMetrics(urls.ttsRouter),
      agent: await readMetrics(urls.agentMetrics),
      speech: await readMetrics(urls.speech),
    })
    await untilDiskIsFull(stack)
    const idle = await until('no call is running', async () => {
      const now = await scrape()
      return gauges(now).every(([, value]) => value === 0) ? now : undefined
    })
    let during: ReturnType<typeof gauges> = []
    let scraping: Promise<void> | undefined
    const report = await placeCall(stack, {
      steps: [
        { kind: 'say', text: 'When is breakfast served?' },
        { kind: 'say', text: 'Thank you, goodbye.' },
      ],
      onEvent: ({ type }) => {
        if (type !== 'turn-received') return
        scraping ??= scrape().then((now) => {
          during = gauges(now)
        })
      },
    })
    await scraping
    expect(report.failure).toBeUndefined()
    const after = await until('the call is over everywhere', async () => {
      const now = await scrape()
      return gauges(now).every(([, value]) => value === 0) ? now : undefined
    })
    for (const page of Object.values(after)) expect(page.contentType).toContain('text/plain')
    expect(during).toEqual(gauges(idle).map(([name]) => [name, 1]))

    const { orchestrator } = after
    const moved = (series: string) => orchestrator.value(series) - idle.orchestrator.value(series)
    const counted = (name: string) => sumOf(orchestrator, name) - sumOf(idle.orchestrator, name)
    const { events } = report
    for (const [type, count] of countTypes(events)) {
      expect([type, moved(`call_events_total{event_type="${type}"}`)]).toEqual([type, count])
    }
    // Counted, and kept nowhere.
    const interims = moved('call_events_total{event_type="transcript-interim"}')
    expect(interims).toBeGreaterThan(0)
    expect(counted('call_events_total')).toBe(events.length + interims)
    expect(moved(`calls_total{end_reason="${report.endReason}"}`)).toBe(1)
    expect(counted('calls_total')).toBe(1)
    expect(moved('call_setup_seconds_count')).toBe(1)
    // From the job's first word to the greeting's first sample: a part of what the caller waits.
    const setupMs = moved('call_setup_seconds_sum') * 1000
    expect(setupMs).toBeGreaterThan(0)
    expect(setupMs).toBeLessThan(report.timings.greetingMs ?? 0)

    const stats = eventsOf(events, 'turn-stats')
    const measured = new Map(stats.map((event) => [event.turnId, event.waterfall]))
    const answered = eventsOf(events, 'turn-finished').length
    expect(answered).toBeGreaterThanOrEqual(2)
    expect(moved('voice_gateway_requests_total{status="success"}')).toBe(answered)
    // Every turn comes to one end.
    expect(counted('voice_gateway_requests_total')).toBe(eventsOf(events, 'turn-received').length)
    // Begun in vain: for a turn that the next words replaced, or before a turn was certain. Such a reply may have had its
    // first token, too; without one of them the replies are those that were answered, and no other.
    const replaced = eventsOf(events, 'turn-received').length - answered
    const guessed = counted('speculations_total') - moved('speculations_total{outcome="confirmed"}')
    for (const name of ['ttft', 'total']) {
      const replies = counted(`voice_gateway_llm_${name}_seconds_count`)
      expect(replies).toBeGreaterThanOrEqual(answered)
      expect(replies).toBeLessThanOrEqual(answered + replaced + guessed)
    }
    expect(counted('voice_gateway_tts_latency_seconds_count')).toBe(measured.size)
    expect(counted('voice_gateway_e2e_latency_seconds_count')).toBe(measured.size)
    expect(counted('voice_gateway_asr_latency_seconds_count')).toBe(
      [...measured.values()].filter(({ asrFinalMs }) => asrFinalMs !== undefined).length,
    )
    const waits = [...measured.values()].flatMap(({ wait }) => wait ?? [])
    expect(waits).toHaveLength(measured.size)
    for (const { parts, wholeMs } of waits) expect(sumMs(parts)).toBeCloseTo(wholeMs, 3)
    const gaveAt = waits.map(({ parts }) => sumMs(parts.filter(({ isEstimated }) => !isEstimated)))
    expect(moved('voice_gateway_e2e_latency_seconds_sum')).toBeCloseTo(
      gaveAt.reduce((sum, ms) => sum + ms, 0) / 1000,
      3,
    )
    // The caller's end measures the parts and the ways in and out, which take their time.
    const saidTurns = report.turns.filter(({ waterfall }) => waterfall?.wait)
    expect(saidTurns.length).toBeGreaterThan(0)
    for (const { wireGapMs = 0, waterfall } of saidTurns) {
      const { parts = [] } = waterfall?.wait ?? {}
      expect(wireGapMs).toBeGreaterThan(sumMs(parts.filter(({ isEstimated }) => !isEstimated)))
    }
    for (const engine of ['asr', 'llm', 'tts']) {
      expect(counted(`voice_gateway_${engine}_errors_total`)).toBe(0)
    }
    expect(counted('barge_in_stop_seconds_count')).toBe(
      stats.filter(({ bargeInStopMs }) => bargeInStopMs !== undefined).length,
    )
    expect(counted('effects_total')).toBe(0)
    expect(counted('call_illegal_transitions_total')).toBe(0)
    expect(moved('call_events_dropped_total')).toBe(0)

    const { ttsRouter, asrProxy, agent, speech } = after
    const spoken = (name: string) => ttsRouter.value(name) - idle.ttsRouter.value(name)
    const [hits, misses] = [spoken('tts_cache_hits_total'), spoken('tts_cache_misses_total')]
    const says = eventsOf(events, 'say')
    const replies = says.filter(({ kind }) => kind === 'reply').length
    // Fillers come from the cache; a reply, which may hold a name, is never kept. Greeting and apology lie on the
    // agent's disk.
    expect(hits + misses).toBe(says.length - replies)
    expect(spoken('tts_engine_first_byte_seconds_count{engine="riva"}')).toBe(misses + replies)
    expect(sumOf(ttsRouter, 'voice_gateway_tts_errors_total')).toBe(
      sumOf(idle.ttsRouter, 'voice_gateway_tts_errors_total'),
    )
    expect(sumOf(asrProxy, 'voice_gateway_asr_errors_total')).toBe(
      sumOf(idle.asrProxy, 'voice_gateway_asr_errors_total'),
    )
    expect(agent.value('agent_job_slots')).toBeGreaterThan(0)
    const finals = sumOf(speech, 'speech_final_seconds_count')
    expect(finals - sumOf(idle.speech, 'speech_final_seconds_count')).toBe(
      eventsOf(events, 'transcript-final').length,
    )
  })

  it('tell that a greeting is said without the tts-router', async () => {
    const { stack } = readRunningStack()
    await untilDiskIsFull(stack)
    const before = await readMetrics(stack.urls.ttsRouter)
    const report = await placeCall(stack, {
      converse: async (line) => void (await greeting(line)),
    })
    expect(report.failure).toBeUndefined()
    const after = await readMetrics(stack.urls.ttsRouter)
    expect(toRequests(after)).toBe(toRequests(before))
  })
})

const toRequests = (page: Scrape) =>
  page.value('tts_cache_hits_total') + sumOf(page, 'tts_engine_first_byte_seconds_count')
const settledMs = 2000

/** What the workers have spoken ahead is no part of a call. */
async function untilDiskIsFull({ urls }: Stack): Promise<void> {
  await until('the fixed words are on disk', async () => {
    const agent = await readMetrics(urls.agentMetrics)
    const words = (state: string) => agent.value(`agent_fixed_words{state="${state}"}`)
    if (words('on-disk') === 0 || words('missing') > 0) return undefined
    const before = toRequests(await readMetrics(urls.ttsRouter))
    await sleep(settledMs)
    return toRequests(await readMetrics(urls.ttsRouter)) === before || undefined
  })
}

type Pages = Readonly<
  Record<'orchestrator' | 'asrProxy' | 'ttsRouter' | 'agent' | 'speech', Scrape>
>

function sumMs(parts: readonly { readonly ms: number }[]): number {
  return parts.reduce((sum, { ms }) => sum + ms, 0)
}

/** What is 1 while one call runs and 0 without. */
function gauges({ orchestrator, asrProxy, agent, speech }: Pages): [string, number][] {
  return [
    ['calls_active', orchestrator.value('calls_active')],
    ['voice_gateway_active_streams', orchestrator.value('voice_gateway_active_streams')],
    ['asr_active_streams', asrProxy.value('asr_active_streams')],
    ['agent_active_jobs', agent.value('agent_active_jobs')],
    ['speech_active_streams', speech.value('speech_active_streams')],
  ]
}

function sumOf(scrape: Scrape, name: string): number {
  return [...scrape.series(name).values()].reduce((sum, value) => sum + value, 0)
}

function countTypes(events: readonly CallEvent[]): ReadonlyMap<CallEvent['type'], number> {
  const counts = new Map<CallEvent['type'], number>()
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1)
  return counts
}

/** The first second of what the agent says. */
async function greeting(line: { audio(): AsyncIterable<{ pcm: Int16Array }> }): Promise<void> {
  let samples = 0
  for await (const { pcm } of line.audio()) {
    if (isVoiced(pcm)) samples += pcm.length
    if (samples >= 8000) return
  }
}

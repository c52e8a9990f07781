import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { epochNow } from '@trunkline/runtime'
import { findSpeech, isVoiced, readWav } from '@trunkline/telephony'
import { afterEach, describe, expect, it } from 'vitest'
import { runCall } from '../call.ts'
import { type PlaceCallOptions, placeCall } from '../place-call.ts'
import { type Answer, heardOut, startScriptedStack, tone } from './scripted-stack.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})
const start = async (answer: Answer) => {
  const scripted = await startScriptedStack(answer)
  open.push(scripted)
  return scripted
}

const waterfall = { orchestratorMs: 1, llmMs: 2, ttsMs: 3, agentMs: 4 }

/** Greets, answers one turn, decided `earlyMs` ago, and hangs up when `hangsUp`. */
const polite =
  ({ hangsUp = false, earlyMs = 0 } = {}): Answer =>
  async (incoming, { tell }) => {
    const at = epochNow
    incoming.ring()
    const call = await incoming.accept()
    const ids = { line: 'l', room: 'r', roomSid: 's', jobId: 'j' }
    tell({ type: 'call-created', at: at(), ...ids, greeting: 'Good day.' })
    const over = call.ended.then(({ by }) => {
      const reason = by === 'remote' ? 'caller-hangup' : 'agent-goodbye'
      tell({ type: 'call-ended', at: at(), reason })
    })
    await call.play(tone(200))
    const greeting = { turnId: 'greeting', text: 'Good day.', interrupted: false }
    tell({ type: 'heard', at: at(), ...greeting })
    await heardOut(call)
    const turn = { turnId: 't1', text: 'A room.', language: 'en', source: 'speech' }
    tell({ type: 'turn-received', at: at() - earlyMs, ...turn })
    tell({ type: 'say', at: at(), turnId: 't1', index: 0, text: 'Of course.', kind: 'reply' })
    tell({ type: 'say-started', at: at(), turnId: 't1', index: 0 })
    tell({ type: 'turn-stats', at: at(), turnId: 't1', waterfall, firstSampleAt: at() })
    await call.play(tone(300))
    tell({ type: 'turn-finished', at: at(), turnId: 't1' })
    tell({ type: 'heard', at: at(), turnId: 't1', text: 'Of course.', interrupted: false })
    if (hangsUp) {
      tell({ type: 'call-ending', at: at(), reason: 'agent-goodbye' })
      await call.hangup()
    }
    await over
  }

const say: PlaceCallOptions = { steps: [{ kind: 'say', text: 'A room, please.' }] }

describe('placeCall', () => {
  it('speaks after the greeting, measures the turn on the wire and hangs up', async () => {
    const { stack } = await start(polite())
    const seen: string[] = []
    const report = await placeCall(stack, { ...say, onTurn: ({ turnId }) => seen.push(turnId) })
    expect(report).toMatchObject({
      failure: undefined,
      callId: 'c1',
      greeting: 'Good day.',
      end: { by: 'local', code: 'hangup' },
      bargeIns: [],
    })
    const [turn, ...others] = report.turns
    expect(others).toEqual([])
    expect(seen).toEqual(['t1'])
    expect(turn).toMatchObject({ callerText: 'A room.', agentText: 'Of course.' })
    const { endpointingMs = Number.NaN } = turn?.waterfall ?? {}
    expect(endpointingMs).toBeGreaterThan(0)
    expect(turn?.restMs).toBeCloseTo((turn?.wireGapMs ?? 0) - endpointingMs - 1 - 2 - 3 - 4, 6)
    const { ringingMs = -1, answeredMs = -1, greetingMs = -1 } = report.timings
    expect(ringingMs).toBeGreaterThan(0)
    expect(answeredMs).toBeGreaterThan(ringingMs)
    expect(greetingMs).toBeGreaterThan(answeredMs)
  })

  it('records both directions on one clock', async () => {
    const { stack } = await start(polite())
    const { audio, turns } = await placeCall(stack, say)
    const frames = (pcm: Int16Array) =>
      Array.from({ length: Math.floor(pcm.length / 160) }, (_, index) => ({
        pcm: pcm.subarray(index * 160, index * 160 + 160),
        at: index * 20,
      }))
    const [spoken] = findSpeech(frames(audio.caller))
    const [greeting, reply] = findSpeech(frames(audio.agent), { joinMs: 150 })
    expect(greeting?.endAt).toBeLessThan(spoken?.startAt ?? 0)
    const gapMs = (reply?.startAt ?? 0) - (spoken?.endAt ?? 0)
    // Packets are laid out by their RTP time: as far from the clock as jitter is.
    expect(Math.abs(gapMs - (turns[0]?.wireGapMs ?? 0))).toBeLessThanOrEqual(80)
  })

  it('lets the agent hang up with its last words', async () => {
    const { stack } = await start(polite({ hangsUp: true }))
    const report = await placeCall(stack, say)
    expect(report).toMatchObject({
      failure: undefined,
      end: { by: 'remote', code: 'hangup' },
      endReason: 'agent-goodbye',
    })
  })

  it('goes on when the agent has answered before the last word, and leaves that unanswered', async () => {
    const { stack } = await start(polite({ earlyMs: 200 }))
    const report = await placeCall(stack, { ...say, timeoutMs: 8000 })
    expect(report.failure).toBeUndefined()
    expect(report.turns).toHaveLength(1)
  })

  it('measures an interruption from its onset to silence', async () => {
    const { stack } = await start(async (incoming) => {
      const call = await incoming.accept()
      const controller = new AbortController()
      const speaking = call.play(tone(5000), { signal: controller.signal })
      for await (const { pcm } of call.audio()) if (isVoiced(pcm)) break
      controller.abort()
      await speaking
      await heardOut(call)
      await call.play(tone(100))
    })
    stack.urls.orchestrator = 'http://127.0.0.1:1' // by what is on the wire alone
    const steps = [{ kind: 'interrupt', text: 'Wait.', afterMs: 300 }] as const
    const report = await placeCall(stack, { steps })
    expect(report.failure).toBeUndefined()
    expect(report.callId).toBeUndefined()
    const [bargeIn] = report.bargeIns
    expect(bargeIn?.stopMs).toBeGreaterThanOrEqual(0)
    expect(bargeIn?.stopMs).toBeLessThan(4000)
  })

  it.each<[string, string, Answer]>([
    ['refused', 'not-answered', async (incoming) => incoming.reject(486)],
    ['not answered', 'not-answered', async (incoming) => incoming.ring()],
    ['answered by silence', 'no-greeting', async (incoming) => void (await incoming.accept())],
    [
      'ended before everything was said',
      'ended-early',
      async (incoming) => {
        const call = await incoming.accept()
        await call.play(tone(100))
        await call.hangup()
      },
    ],
  ])('says so when the call is %s', async (_what, code, answer) => {
    const { stack } = await start(answer)
    const report = await placeCall(stack, { ...say, timeoutMs: 500 })
    expect(report.failure?.code).toBe(code)
    expect(report.end).toBeDefined()
  })

  it('hangs up when it is stopped, ringing or answered', async () => {
    for (const isAnswered of [false, true]) {
      const controller = new AbortController()
      let isOver: Promise<unknown> = Promise.resolve()
      const { stack } = await start(async (incoming) => {
        incoming.ring()
        if (isAnswered) isOver = (await incoming.accept()).ended
        else isOver = new Promise((resolve) => incoming.over.addEventListener('abort', resolve))
        controller.abort()
      })
      const report = await placeCall(stack, { ...say, signal: controller.signal })
      expect(report.failure?.code).toBe('stopped')
      expect(report.end).toMatchObject({ by: 'local' })
      await isOver
    }
  })

  it('is not ready without a telephone line, with a wrong file or when nothing answers', async () => {
    const { stack, folder } = await start(polite())
    const { sip: _sip, ...roomsOnly } = stack
    const file = join(folder, 'song.wav')
    await writeFile(file, 'ID3')
    const play: PlaceCallOptions = { steps: [{ kind: 'play', file }] }
    const nobody = { host: '127.0.0.1', port: 9, number: '1', username: '', password: '' }
    const gone = { ...stack, sip: nobody }
    const failures = await Promise.all([
      placeCall(roomsOnly),
      placeCall(stack, play),
      placeCall(gone),
    ])
    expect(failures.map(({ failure }) => failure?.code)).toEqual(Array(3).fill('not-ready'))
    expect(failures[0]?.failure?.message).toContain('--room')
    expect(failures[1]?.failure?.message).toContain('ffmpeg')
    expect(failures[2]?.failure?.message).toContain('status')
  })
})

describe('runCall', () => {
  const capture = () => {
    const lines: string[] = []
    const take = (line: string) => void lines.push(line)
    return { lines, output: { print: take, complain: take } }
  }

  it('prints the conversation with its gaps and records it in stereo', async () => {
    const { stack, folder } = await start(polite({ hangsUp: true }))
    const { lines, output } = capture()
    const file = join(folder, 'out.wav')
    expect(await runCall(['--say', 'A room, please.', '--record', file], stack, output)).toBe(0)
    expect(lines.join('\n')).toMatch(
      /agent: {2}Good day\.\ncaller: A room\.\nagent: {2}Of course\.\n/,
    )
    expect(lines.join('\n')).toMatch(
      /gap \d+ ms = endpointing \d+ \+ orchestrator 1 \+ llm 2 \+ tts 3/,
    )
    expect(lines.join('\n')).toContain('ended by the agent (agent-goodbye)')
    expect(readWav(await readFile(file)).channels).toHaveLength(2)
  })

  it('writes JSON lines that a program can read', async () => {
    const { stack } = await start(polite())
    const { lines, output } = capture()
    expect(await runCall(['--say', 'A room, please.', '--json'], stack, output)).toBe(0)
    const objects = lines.map((line) => JSON.parse(line))
    expect(objects[0]).toMatchObject({ type: 'event', event: { type: 'call-created' } })
    expect(objects.at(-1)).toMatchObject({ type: 'report', turns: [{ turnId: 't1' }] })
  })

  it('leaves a folder with both directions, events and logs when a call fails', async () => {
    const { stack, folder } = await start(async (incoming) => incoming.reject(603))
    const { lines, output } = capture()
    expect(await runCall(['--say', 'A room, please.'], stack, output)).toBe(1)
    const [name = ''] = await readdir(join(folder, 'failed-calls'))
    const kept = join(folder, 'failed-calls', name)
    expect(lines.join('\n')).toContain(kept)
    expect((await readdir(kept)).sort()).toEqual([
      'agent.wav',
      'caller.wav',
      'events.jsonl',
      'logs',
      'report.json',
      'signalling.log',
    ])
    expect(await readFile(join(kept, 'logs', 'agent.log'), 'utf8')).toContain('agent’s log')
    expect(await readFile(join(kept, 'signalling.log'), 'utf8')).toContain('603')
  })

  it('takes a wrong option for wrong use', async () => {
    const { stack } = await start(polite())
    const { lines, output } = capture()
    expect(await runCall(['--say'], stack, output)).toBe(2)
    expect(lines.join('\n')).toContain('--help')
  })
})

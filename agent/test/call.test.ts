import { spawn } from 'node:child_process'
import { dispose } from '@livekit/rtc-node'
import { createDisposalStack } from '@trunkline/runtime'
import { freePort, needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { callRoom, espeak } from './room-caller.ts'
import { type ScriptedAsr, startAsr } from './scripted-asr.ts'
import { startOrchestrator, welcome } from './scripted-orchestrator.ts'
import { startToneRouter } from './tone-router.ts'

it('x', async () => {
  const livekit = await startLivekit()
  const asr = await startAsr()
  const tts = await startToneRouter()
  const t0 = performance.now()
  const log = (...a: unknown[]) => console.log(Math.round(performance.now() - t0), ...a)
  const orchestrator = await startOrchestrator({
    onMessage: (m, self) => {
      log(JSON.stringify(m))
      if (m.type === 'hello') self.say(welcome)
      if (m.type === 'turn') {
        const common = {
          type: 'say',
          turnId: m.turnId,
          language: 'en',
          voice: '',
          kind: 'reply',
          interruptible: true,
        } as const
        if (m.text.includes('bye')) {
          self.say({ ...common, index: 0, text: 'Goodbye then.', last: true })
          self.say({ type: 'action', actionId: 'a1', action: { kind: 'hangup', reason: 'x' } })
        } else {
          self.say({ ...common, index: 0, text: 'A first sentence to say.', last: false })
          self.say({
            ...common,
            index: 1,
            text: 'And then a much longer second sentence that goes on and on for a good long while.',
            last: true,
          })
        }
        self.say({ type: 'turn-finished', turnId: m.turnId })
      }
    },
  })
  const [httpPort, metricsPort] = [await freePort(), await freePort()]
  const child = spawn('node', [new URL('../src/main.ts', import.meta.url).pathname], {
    env: {
      ...process.env,
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      AGENT_HTTP_PORT: String(httpPort),
      AGENT_METRICS_PORT: String(metricsPort),
      ORCHESTRATOR_URL: orchestrator.url,
      AGENT_TOKEN: 't',
      ASR_PROXY_URI: asr.uri,
      TTS_ROUTER_URL: tts.url,
      LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  while (
    !(await fetch(`http://127.0.0.1:${metricsPort}/readyz`).then(
      (r) => r.ok,
      () => false,
    ))
  )
    await new Promise((r) => setTimeout(r, 100))
  log('ready')
  const token = await livekit.token({
    room: 'web_test_1',
    identity: 'caller',
    agent: 'trunkline',
    metadata: '{"line":"test"}',
  })
  const hello = espeak('Hello, do you have a room for two nights?')
  const interruption = espeak('No wait, please stop, I meant three nights.')
  const caller = await callRoom({ url: livekit.url, token })
  log('in room')
  await caller.hears('sound')
  log('greeting')
  await orchestrator.seen('heard', (h) => h.turnId === 'greeting')
  asr.next('hello do you have a room')
  await caller.speak(hello)
  log('spoke')
  await caller.hears('sound')
  log('reply')
  await orchestrator.seen('say-started', (s) => s.index === 1)
  await new Promise((r) => setTimeout(r, 700))
  asr.next('no wait three nights')
  const q = caller.hears('quiet').then(() => log('quiet'))
  await caller.speak(interruption)
  await q
  const t2 = await orchestrator.seen('turn', (t) => t.turnId === 'turn-2')
  await orchestrator.seen('heard', (h) => h.turnId === 'turn-2')
  asr.next('bye')
  await caller.speak(espeak('Thank you very much, goodbye.'))
  await orchestrator.seen('action-result')
  log('result')
  await caller.hangUp()
  await orchestrator.seen('call-ended')
  await new Promise((r) => setTimeout(r, 2500))
  console.log(await fetch(`http://127.0.0.1:${httpPort}/worker`).then((r) => r.text()))
  const te = performance.now()
  child.kill('SIGTERM')
  await new Promise((r) =>
    child.once('exit', (c, s) => {
      log('exit', c, s, performance.now() - te)
      r(0)
    }),
  )
  await tts.close()
  await orchestrator.close()
  await asr.close()
  await livekit.stop()
  await dispose()
}, 90000)

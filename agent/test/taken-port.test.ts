import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startProcess } from '@trunkline/testkit'
import { expect, it, onTestFinished } from 'vitest'

/** A process that starts on a busy machine takes its time. */
const timeoutMs = 60_000

it.each([
  ['../src/main.ts', 'AGENT_METRICS_PORT', 'EADDRINUSE'],
  ['../src/main.ts', 'AGENT_HTTP_PORT', 'AGENT_HTTP_PORT: nobody can listen on port'],
  ['../src/last-words/main.ts', 'LAST_WORDS_PORT', 'EADDRINUSE'],
])(
  '%s ends with code 1 when %s is taken, and takes no jobs any more',
  async (main, variable, fault) => {
    const port = await freePort()
    const holder = createServer().listen(port, '127.0.0.1')
    onTestFinished(() => void holder.close())
    await once(holder, 'listening')
    const dataDir = await mkdtemp(join(tmpdir(), 'trunkline-port-'))
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
    const nowhere = `127.0.0.1:${await freePort()}`
    const service = startProcess(
      process.execPath,
      [fileURLToPath(new URL(main, import.meta.url))],
      {
        env: {
          PATH: process.env['PATH'],
          LIVEKIT_URL: `ws://${nowhere}`,
          LIVEKIT_API_KEY: 'devkey',
          LIVEKIT_API_SECRET: 'a-secret-of-the-test-with-enough-characters',
          AGENT_TOKEN: 'token',
          ORCHESTRATOR_URL: `http://${nowhere}`,
          TTS_ROUTER_URL: `http://${nowhere}`,
          ASR_PROXY_URI: nowhere,
          AGENT_HTTP_PORT: String(await freePort()),
          AGENT_METRICS_PORT: String(await freePort()),
          [variable]: String(port),
          DATA_DIR: dataDir,
        },
      },
    )
    onTestFinished(() => service.stop('SIGKILL'))
    const [code] = await once(service.child, 'exit')
    expect(code).toBe(1)
    expect(service.output()).toContain(fault)
  },
  timeoutMs,
)

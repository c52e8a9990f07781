import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { freePort, startProcess } from '@trunkline/testkit'
import { expect, it, onTestFinished } from 'vitest'

it('ends with code 1 when its HTTP port is taken, though it serves gRPC by then', async () => {
  const port = await freePort()
  const holder = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void holder.close())
  await once(holder, 'listening')
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const proxy = startProcess(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      RIVA_URI: `127.0.0.1:${await freePort()}`,
      ASR_PROXY_GRPC_PORT: String(await freePort()),
      ASR_PROXY_HTTP_PORT: String(port),
    },
  })
  onTestFinished(() => proxy.stop('SIGKILL'))
  const [code] = await once(proxy.child, 'exit')
  expect(code).toBe(1)
  expect(proxy.output()).toContain('EADDRINUSE')
})

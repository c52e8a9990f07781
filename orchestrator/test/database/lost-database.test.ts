import { createDisposalStack } from '@trunkline/runtime'
import { needs, startPostgres, startTcpProxy } from '@trunkline/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/database/database.ts'
import { createEffectLedger } from '../../src/database/effect-ledger.ts'
import { logger } from './test-database.ts'

const stack = createDisposalStack()
afterAll(() => stack.close())

const request = {
  ...{ callId: 'c', turnId: 't', epoch: 1, tool: 'change_it' },
  ...{ identity: { a: 1 }, arguments: {} },
}
const { signal } = new AbortController()

describe('the ledger without its database', needs(['postgres']), () => {
  it('begins nothing, and works again when the database is back', async () => {
    const server = await startPostgres()
    stack.defer(() => server.stop())
    const database = await openDatabase({ databaseUrl: server.url, dataDir: '', logger })
    stack.defer(() => database.close())
    const ledger = createEffectLedger(database.client)
    await server.kill()
    let performed = 0
    const perform = async () => {
      performed += 1
      return { ok: true, result: { n: performed } } as const
    }
    await expect(ledger.run(request, perform, { signal })).rejects.toMatchObject({
      name: 'EffectError',
      code: 'unavailable',
    })
    await expect(database.check()).rejects.toThrow()
    expect(performed).toBe(0)
    await server.restart()
    expect(await ledger.run(request, perform, { signal })).toEqual({
      kind: 'committed',
      result: { n: 1 },
    })
  })

  it('is not waited for when its host has vanished without a word', async () => {
    const server = await startPostgres()
    stack.defer(() => server.stop())
    const proxy = await startTcpProxy([{ port: Number(new URL(server.url).port) }])
    stack.defer(() => proxy.close())
    const url = new URL(server.url)
    url.port = String(proxy.port)
    const database = await openDatabase({ databaseUrl: url.href, dataDir: '', logger })
    stack.defer(() => database.close())
    proxy.setFault({ lost: 'both' })
    await expect(database.check()).rejects.toThrow('Failed query')
  }, 15_000)

  it('that broke off in the middle finds out on the repeat, and does it once', async () => {
    const server = await startPostgres()
    stack.defer(() => server.stop())
    const database = await openDatabase({ databaseUrl: server.url, dataDir: '', logger })
    stack.defer(() => database.close())
    const ledger = createEffectLedger(database.client)
    const broken = ledger.run(
      request,
      async () => {
        await server.kill()
        return { ok: true, result: { n: 1 } }
      },
      { signal },
    )
    await expect(broken).rejects.toMatchObject({ name: 'EffectError', code: 'unknown' })
    await server.restart()
    const again = await ledger.run(request, async () => ({ ok: true, result: { n: 2 } }), {
      signal,
    })
    expect(again).toEqual({ kind: 'committed', result: { n: 2 } })
    const third = await ledger.run(request, async () => ({ ok: true, result: { n: 3 } }), {
      signal,
    })
    expect(third).toEqual({ kind: 'repeated', result: { n: 2 } })
  })
})

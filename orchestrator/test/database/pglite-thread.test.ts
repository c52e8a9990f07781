import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { hotels } from '../../src/database/schema.ts'
import { openTestDatabase, type TestDatabase } from './test-database.ts'

const hotel = { id: 'h', name: 'Hill Inn', currency: 'EUR', info: {} }
const shown = z.object({ rows: z.array(z.object({ work_mem: z.string() })) })
/** Takes a good part of a second. */
const counting = sql`select count(*) from generate_series(1, 3000000)`

describe('PGlite in its thread', () => {
  let store: TestDatabase
  beforeAll(async () => {
    store = await openTestDatabase('pglite')
  })
  afterAll(() => store.close())

  it('leaves this thread free while a query runs', async () => {
    const { client } = store.database
    let isDone = false
    const query = client.execute(counting).then(() => {
      isDone = true
    })
    let turns = 0
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve))
      turns += 1
    }
    await query
    expect(turns).toBeGreaterThan(100)
  })

  it('goes on after a query that failed, with nothing left of what was before', async () => {
    const { client } = store.database
    await client.execute(sql`set work_mem = '5MB'`)
    await expect(client.execute(sql`select 1 / 0`)).rejects.toThrow()
    const { rows } = shown.parse(await client.execute(sql`show work_mem`))
    expect(rows).not.toEqual([{ work_mem: '5MB' }])
    await client.insert(hotels).values({ ...hotel, id: 'after' })
  })

  it('rolls back a transaction that threw, and lets who waited for it go on', async () => {
    const { client } = store.database
    const failing = client.transaction(async (tx) => {
      await tx.insert(hotels).values({ ...hotel, id: 'undone' })
      throw new Error('half way')
    })
    const next = client.insert(hotels).values({ ...hotel, id: 'next' })
    await expect(failing).rejects.toThrow('half way')
    await next
    const ids = (await client.select().from(hotels)).map(({ id }) => id)
    expect(ids).toContain('next')
    expect(ids).not.toContain('undone')
  })

  it('takes and gives values of a megabyte', async () => {
    const info = { text: 'ä'.repeat(600_000) }
    const { client } = store.database
    await client.insert(hotels).values({ ...hotel, id: 'long', info })
    const rows = await client.select().from(hotels).where(sql`id = 'long'`)
    expect(rows).toMatchObject([{ info }])
  })

  it('refuses queries once it is closed', async () => {
    const other = await openTestDatabase('pglite')
    await other.close()
    await expect(other.database.check()).rejects.toThrow()
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needs } from '@trunkline/testkit'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/database/database.ts'
import { DatabaseError } from '../../src/database/errors.ts'
import { hotels } from '../../src/database/schema.ts'
import { databases, logger, openTestDatabase } from './test-database.ts'

const hotel = { id: 'h', name: 'Hill Inn', currency: 'EUR', info: { pool: 'none' } }
const folder = () => mkdtemp(join(tmpdir(), 'trunkline-test-'))

for (const { kind, options } of databases) {
  describe(`openDatabase on ${kind}`, options, () => {
    it('keeps what was written after it was closed and opened again', async () => {
      const { address, database, close } = await openTestDatabase(kind)
      await database.client.insert(hotels).values(hotel)
      await database.close()
      const again = await openDatabase({ ...address, logger })
      await again.check()
      expect(await again.client.select().from(hotels)).toMatchObject([hotel])
      await again.close()
      await close()
    })

    it('refuses a migration that was changed after it had been applied', async () => {
      const { address, database, close } = await openTestDatabase(kind)
      await database.close()
      const migrationsDir = await folder()
      await writeFile(
        join(migrationsDir, '0001-hotel-and-ledger.sql'),
        'create table other (x int);',
      )
      await expect(openDatabase({ ...address, logger, migrationsDir })).rejects.toMatchObject({
        code: 'migration',
        message: expect.stringContaining('0001-hotel-and-ledger.sql'),
      })
      await close()
    })

    it('applies nothing of a set of migrations of which one fails', async () => {
      const { address, database, close } = await openTestDatabase(kind)
      await database.close()
      const migrationsDir = await folder()
      await writeFile(join(migrationsDir, '0002-good.sql'), 'create table good (x int);')
      await writeFile(join(migrationsDir, '0003-bad.sql'), 'create table bad (x nonsense);')
      await expect(openDatabase({ ...address, logger, migrationsDir })).rejects.toMatchObject({
        code: 'migration',
      })
      const again = await openDatabase({ ...address, logger })
      await expect(again.client.execute(sql`select * from good`)).rejects.toThrow()
      await again.close()
      await close()
    })
  })
}

describe('openDatabase with DATABASE_URL', () => {
  it('lets replicas start together', needs(['postgres']), async () => {
    const { address, database, close } = await openTestDatabase('postgres')
    await database.client.execute(sql`drop schema public cascade`)
    await database.client.execute(sql`create schema public`)
    const replicas = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ ...address, logger })))
    for (const replica of replicas) await replica.check()
    await Promise.all(replicas.map((replica) => replica.close()))
    await close()
  })

  it('says which host does not answer and repeats no password', async () => {
    const opening = openDatabase({
      databaseUrl: 'postgres://someone:secret@127.0.0.1:9/nothing',
      dataDir: await folder(),
      logger,
    })
    const error = await opening.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error).toMatchObject({ code: 'unreachable' })
    expect(String(error)).toContain('127.0.0.1:9')
    expect(String(error)).not.toContain('secret')
  })
})

describe('openDatabase in a folder', () => {
  it('refuses a second process on the same folder, and lets it in once the first is gone', async () => {
    const dataDir = await folder()
    const first = await openDatabase({ dataDir, logger })
    const second = openDatabase({ dataDir, logger })
    await expect(second).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining('DATABASE_URL'),
    })
    await first.check()
    await first.close()
    await (await openDatabase({ dataDir, logger })).close()
  })

  it('takes over the lock of a process that was killed, and keeps its rows', async () => {
    const dataDir = await folder()
    const script = `
      const { openDatabase } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/database/database.ts'))})
      const { hotels } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/database/schema.ts'))})
      const logger = { info() {} }
      const { client } = await openDatabase({ dataDir: ${JSON.stringify(dataDir)}, logger })
      await client.insert(hotels).values(${JSON.stringify(hotel)})
      console.log('written')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    await once(child.stdout, 'data')
    await expect(openDatabase({ dataDir, logger })).rejects.toMatchObject({ code: 'in-use' })
    child.kill('SIGKILL')
    await once(child, 'exit')
    const database = await openDatabase({ dataDir, logger })
    expect(await database.client.select().from(hotels)).toMatchObject([hotel])
    await database.close()
  })
})

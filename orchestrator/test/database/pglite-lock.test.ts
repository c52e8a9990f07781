import { mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acquirePgliteLock } from '../../src/database/pglite-lock.ts'

const newLock = async () => join(await mkdtemp(join(tmpdir(), 'trunkline-lock-')), 'pglite.lock')
const dead = { pid: 2 ** 30, host: hostname(), processStart: '7', token: 'dead' }

describe('acquirePgliteLock', () => {
  it('lets only one of many starters in, also when they find a dead one’s lock', async () => {
    for (let round = 0; round < 20; round += 1) {
      const file = await newLock()
      if (round % 2 === 0) await writeFile(`${file}.3`, JSON.stringify(dead))
      const asked = await Promise.allSettled(
        Array.from({ length: 6 }, () => acquirePgliteLock(file)),
      )
      const held = asked.filter((one) => one.status === 'fulfilled')
      expect(held).toHaveLength(1)
      await expect(acquirePgliteLock(file)).rejects.toMatchObject({ code: 'in-use' })
      for (const { value } of held) await value.release()
      expect(await readdir(join(file, '..'))).toEqual([])
    }
  })

  it('does not take a new process with a dead one’s pid for the dead one', async () => {
    const file = await newLock()
    const first = await acquirePgliteLock(file)
    const holder: unknown = JSON.parse(await readFile(`${file}.1`, 'utf8'))
    await first.release()
    await writeFile(`${file}.1`, JSON.stringify({ ...Object(holder), processStart: 'earlier' }))
    await (await acquirePgliteLock(file)).release()
  })

  it('goes by the age of the lock when another host holds it', async () => {
    const file = await newLock()
    await writeFile(`${file}.1`, JSON.stringify({ ...dead, host: 'another-host' }))
    await expect(acquirePgliteLock(file)).rejects.toMatchObject({ code: 'in-use' })
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(`${file}.1`, longAgo, longAgo)
    await (await acquirePgliteLock(file)).release()
  })
})

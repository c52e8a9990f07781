import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { afterAll, describe, expect, it } from 'vitest'
import { createLineStore } from '../../src/lines/create-line-store.ts'
import { LineError } from '../../src/lines/line-error.ts'
import { logger } from '../database/test-database.ts'

const sample = join(import.meta.dirname, '../../../lines')
const stack = createDisposalStack()
afterAll(() => stack.close())

/** A copy of the sample lines with one file name for its line and hotel. */
async function newFolder() {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-lines-'))
  stack.defer(() => rm(dir, { recursive: true, force: true }))
  await cp(sample, dir, { recursive: true })
  const file = join(dir, 'harbour-hotel.yaml')
  const hotelFile = join(dir, 'hotels/harbour-hotel.yaml')
  const edit = async (path: string, from: string | RegExp, to: string) =>
    writeFile(path, (await readFile(path, 'utf8')).replace(from, to))
  return { dir, file, hotelFile, edit }
}

async function openStore(dir: string, log: Logger = logger) {
  const store = await createLineStore({ dir, logger: log })
  stack.defer(() => store.close())
  const reloaded = () =>
    new Promise<void>((resolve) => {
      const stop = store.onReload(() => {
        stop()
        resolve()
      })
    })
  return { store, reloaded }
}

async function faultsOf(dir: string): Promise<LineError> {
  const error = await createLineStore({ dir, logger }).catch((reason: unknown) => reason)
  if (error instanceof LineError) return error
  throw new Error('the lines were taken')
}

/** Keeps what is logged, as a sink of pino would. */
function createRecorder() {
  const entries: unknown[] = []
  const record = (...entry: readonly unknown[]) => void entries.push(entry)
  return { entries, logger: Object.assign(Object.create(logger), { error: record, info: record }) }
}

describe('createLineStore', () => {
  it('finds the sample line by id and by number, however it is dialled', async () => {
    const { dir } = await newFolder()
    const { store } = await openStore(dir)
    for (const number of ['+494066969100', '00494066969100', '+49 40 66969-100', '100']) {
      expect(store.byNumber(number)?.id).toBe('harbour-hotel')
    }
    expect(store.byId('harbour-hotel')?.languages.hi?.disclosure).toBeTruthy()
    expect(store.byNumber('4711')).toBeUndefined()
    expect([...store.hotels().keys()]).toEqual(['hotels/harbour-hotel'])
  })

  it('names file, line and field of every fault of every file at once', async () => {
    const { dir, file, hotelFile, edit } = await newFolder()
    const lineOf = async (path: string, text: string) =>
      (await readFile(path, 'utf8')).split('\n').findIndex((line) => line.includes(text)) + 1
    await edit(file, 'timeZone: Europe/Berlin', 'timeZone: Mars/Olympus\nmood: good')
    await edit(file, 'silenceSeconds: 30', 'silenceSeconds: soon')
    await edit(hotelFile, 'sleeps: 2', 'sleeps: two')
    const { faults, message } = await faultsOf(dir)
    const places = faults.map(({ file: at, line, field }) => ({ at, line, field }))
    expect(places).toEqual(
      expect.arrayContaining([
        { at: file, line: await lineOf(file, 'Mars'), field: 'timeZone' },
        { at: file, line: await lineOf(file, 'mood'), field: 'mood' },
        { at: file, line: await lineOf(file, 'soon'), field: 'limits.silenceSeconds' },
      ]),
    )
    for (const text of ['timeZone', 'mood', 'limits.silenceSeconds'])
      expect(message).toContain(text)
    // A file that is not a line names no hotel, so that one shows next.
    await cp(join(sample, 'harbour-hotel.yaml'), file)
    expect((await faultsOf(dir)).faults).toEqual([
      expect.objectContaining({
        file: hotelFile,
        line: await lineOf(hotelFile, 'sleeps: two'),
        field: 'roomTypes.1.sleeps',
      }),
    ])
  })

  it('reports faults of two lines and of a hotel in one go, without repeating a value', async () => {
    const { dir, file, hotelFile, edit } = await newFolder()
    const other = join(dir, 'other.yaml')
    await writeFile(other, 'id: other\nname: 5\n')
    await edit(hotelFile, 'guest: Emma Fischer', 'guest: [Emma Fischer]')
    const { faults, message } = await faultsOf(dir)
    expect(new Set(faults.map((fault) => fault.file))).toEqual(new Set([other, hotelFile]))
    expect(faults).toContainEqual(expect.objectContaining({ file: other, line: 2, field: 'name' }))
    expect(faults).toContainEqual(expect.objectContaining({ file: other, field: 'numbers' }))
    expect(message).not.toContain('Emma')
    expect(message).not.toContain(file)
  })

  it('refuses a greeting without the disclosure, an id or number on two lines, and no lines', async () => {
    const { dir, file, edit } = await newFolder()
    await edit(file, "I am the hotel's AI assistant. How can", 'How can')
    expect((await faultsOf(dir)).faults).toMatchObject([
      { field: 'languages.en.greeting', message: expect.stringContaining('disclosure') },
    ])
    await cp(join(sample, 'harbour-hotel.yaml'), file)
    await cp(file, join(dir, 'twin.yaml'))
    const twins = await faultsOf(dir)
    expect(twins.faults.map(({ field }) => field)).toEqual(['id', 'numbers.0', 'numbers.1'])
    expect(twins.message).toContain(file)
    await rm(file)
    await rm(join(dir, 'twin.yaml'))
    expect((await faultsOf(dir)).message).toContain('no line')
    expect((await faultsOf(join(dir, 'nowhere'))).message).toContain('no line')
  })

  it('says where YAML breaks, and that a hotel file is missing', async () => {
    const { dir, file, hotelFile } = await newFolder()
    await rm(hotelFile)
    expect((await faultsOf(dir)).faults).toMatchObject([
      { file: hotelFile, message: expect.stringContaining('ENOENT') },
    ])
    await writeFile(file, 'id: a\nname: "b\n')
    expect((await faultsOf(dir)).faults[0]).toMatchObject({ file, line: expect.any(Number) })
    await writeFile(file, 'id: a\nid: b\n')
    expect((await faultsOf(dir)).faults[0]).toMatchObject({ file, line: 2 })
  })

  it('uses a changed file for the next call and leaves a running call its line', async () => {
    const { dir, file, edit } = await newFolder()
    const { store, reloaded } = await openStore(dir)
    const running = store.byNumber('100')
    const changed = reloaded()
    await edit(file, 'good day. I am', 'hello. I am')
    await changed
    expect(store.byNumber('100')?.languages.en?.greeting).toContain('hello.')
    expect(running?.languages.en?.greeting).toContain('good day.')
  })

  it('notices an editor that writes beside the file and renames, and a changed price', async () => {
    const { dir, file, hotelFile, edit } = await newFolder()
    const { store, reloaded } = await openStore(dir)
    const renamed = reloaded()
    const draft = join(dir, '.harbour-hotel.yaml.swp')
    await writeFile(draft, (await readFile(file, 'utf8')).replace('"100"', '"777"'))
    await rename(draft, file)
    await renamed
    expect(store.byNumber('777')?.id).toBe('harbour-hotel')
    expect(store.byNumber('100')).toBeUndefined()

    const repriced = reloaded()
    await edit(hotelFile, 'pricePerNight: 129', 'pricePerNight: 131')
    await repriced
    expect(store.hotels().get('hotels/harbour-hotel')?.roomTypes[1]?.pricePerNight).toBe(131)
  })

  it('keeps the old version of a file that turns bad, logs place and field, and takes the other files', async () => {
    const { dir, file, edit } = await newFolder()
    const { entries, logger: recorder } = createRecorder()
    const { store } = await openStore(dir, recorder)
    const second = join(dir, 'second.yaml')
    await cp(file, second)
    await edit(second, 'id: harbour-hotel', 'id: second')
    await edit(second, '["+494066969100", "100"]', '["200"]')
    await edit(file, 'callSeconds: 1800', 'callSeconds: secretvalue')
    await store.reload()
    expect(store.byNumber('100')?.limits.callSeconds).toBe(1800)
    expect(store.byNumber('200')?.id).toBe('second')
    expect(JSON.stringify(entries)).toContain('limits.callSeconds')
    expect(JSON.stringify(entries)).not.toContain('secretvalue')

    await edit(second, '["200"]', '["100"]')
    expect(await store.reload()).toBe(false)
    expect(store.byNumber('200')?.id).toBe('second')

    await edit(file, 'callSeconds: secretvalue', 'callSeconds: 60')
    await edit(second, '["100"]', '["201"]')
    await store.reload()
    expect(store.byNumber('100')?.limits.callSeconds).toBe(60)
    expect(store.byNumber('201')?.id).toBe('second')
    await rm(second)
    await store.reload()
    expect(store.all().map(({ id }) => id)).toEqual(['harbour-hotel'])
  })
})

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLineMemory, toLineName } from '../src/spoken-lines/line-memory.ts'

const say = (text: string) => ({ text, language: 'de', voice: 'Anna' })
const words = {
  language: 'de',
  apology: say('Verzeihung.'),
  bridging: say('Einen Moment.'),
  transferTo: '+494066969200',
}

async function create() {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-lines-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return { dir, memory: createLineMemory({ dir }) }
}

describe('createLineMemory', () => {
  it('knows a line again by its id and by its number, however that was dialled', async () => {
    const { memory, dir } = await create()
    await memory.keep([{ id: 'hotel' }, { number: '+49 40 66969100' }], words)
    expect(await memory.read({ room: 'web_1', metadata: '{"line":"hotel"}' })).toEqual(words)
    expect(await memory.read({ room: 'call_00494066969100_x', metadata: '' })).toEqual(words)
    expect(await memory.read({ room: 'call_100_x', metadata: '' })).toBeUndefined()
    for (const name of await readdir(dir)) expect(name).not.toMatch(/66969100/)
  })

  it('keeps nothing but the line’s words', async () => {
    const { memory, dir } = await create()
    const welcome = { ...words, callId: 'call-1', caller: '+491700000000' }
    await memory.keep([{ id: 'hotel' }], welcome)
    const [name = ''] = await readdir(dir)
    expect(JSON.parse(await readFile(join(dir, name), 'utf8'))).toEqual(words)
  })

  it('does not know a line whose file cannot be read', async () => {
    const { memory, dir } = await create()
    await memory.keep([{ id: 'hotel' }], words)
    const [name = ''] = await readdir(dir)
    await writeFile(join(dir, name), '{"language":')
    expect(await memory.read({ room: '', metadata: '{"line":"hotel"}' })).toBeUndefined()
  })
})

describe('toLineName', () => {
  it.each([
    ['the metadata before the number', 'call_100_x', '{"line":"a"}', { id: 'a' }],
    ['the number when the metadata names no line', 'call_100_x', '{"epoch":3}', { number: '100' }],
    ['the number when the metadata is foreign', 'call_100_x', 'hello', { number: '100' }],
    ['nothing in a room of another kind', 'meeting', '', undefined],
  ])('takes %s', (_title, room, metadata, expected) => {
    expect(toLineName({ room, metadata })).toEqual(expected)
  })
})

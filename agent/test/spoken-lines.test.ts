import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from '@trunkline/telemetry'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SpeechError } from '../src/errors.ts'
import { keepDiskFilled } from '../src/spoken-lines/fill-disk.ts'
import { fromDiskFirst } from '../src/spoken-lines/from-disk.ts'
import { createSpokenLines } from '../src/spoken-lines/spoken-lines.ts'

const { signal } = new AbortController()
const say = (text: string) => ({ text, language: 'en', voice: '' })
const hourMs = 3600_000

/** Says each word as its own bytes. */
function createVoice() {
  const asked: string[] = []
  const is: { fault: SpeechError | undefined } = { fault: undefined }
  const synthesizer = {
    async synthesize({ text }: { text: string }) {
      asked.push(text)
      if (is.fault) throw is.fault
      const pcm = (async function* () {
        yield Buffer.from(text)
      })()
      return { firstByteMs: 1, cached: false, pcm }
    },
    close: async () => {},
  }
  return { asked, is, synthesizer }
}

async function createDisk({ maxBytes = 1000 } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-spoken-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  let passedMs = 0
  const lines = createSpokenLines({ dir, maxBytes, now: () => Date.now() + passedMs })
  const age = (ms: number) => {
    passedMs += ms
  }
  return { dir, lines, age }
}

describe('audio of fixed words on disk', () => {
  it('is spoken once, whoever asks', async () => {
    const { lines, dir } = await createDisk()
    const { asked, synthesizer } = createVoice()
    const other = createSpokenLines({ dir, maxBytes: 1000 })
    await lines.obtain(say('hello'), { synthesizer, signal })
    expect(String(await other.obtain(say('hello'), { synthesizer, signal }))).toBe('hello')
    expect(asked).toEqual(['hello'])
  })

  it('takes no more room than it may: what was not used for longest goes', async () => {
    const { lines, age } = await createDisk({ maxBytes: 20 })
    const { synthesizer } = createVoice()
    for (const text of ['first-----', 'second----']) {
      await lines.obtain(say(text), { synthesizer, signal })
      age(2 * hourMs)
    }
    await lines.read(say('first-----')) // a use counts, not only the writing
    age(2 * hourMs)
    await lines.obtain(say('third-----'), { synthesizer, signal })
    expect(await lines.read(say('second----'))).toBeUndefined()
    expect(String(await lines.read(say('first-----')))).toBe('first-----')
    expect(String(await lines.read(say('third-----')))).toBe('third-----')
  })

  it('is spoken anew when it is old, and kept when it cannot be', async () => {
    const { lines, age } = await createDisk()
    const { asked, is, synthesizer } = createVoice()
    const options = { synthesizer, signal, maxAgeMs: hourMs }
    await lines.obtain(say('hello'), options)
    age(2 * hourMs)
    is.fault = new SpeechError('unavailable')
    expect(String(await lines.obtain(say('hello'), options))).toBe('hello')
    is.fault = undefined
    await lines.obtain(say('hello'), options)
    await lines.obtain(say('hello'), options)
    expect(asked).toEqual(['hello', 'hello', 'hello'])
  })

  it('is spoken although the disk takes nothing', async () => {
    const { dir } = await createDisk()
    await writeFile(join(dir, 'file'), '')
    const lines = createSpokenLines({ dir: join(dir, 'file'), maxBytes: 1000 })
    const { synthesizer } = createVoice()
    expect(String(await lines.obtain(say('hello'), { synthesizer, signal }))).toBe('hello')
  })
})

describe('a voice that looks on disk first', () => {
  it('needs no tts-router for words that are there', async () => {
    const { lines } = await createDisk()
    const { asked, is, synthesizer } = createVoice()
    await lines.obtain(say('hello'), { synthesizer, signal })
    is.fault = new SpeechError('unavailable')
    const own = fromDiskFirst(synthesizer, { lines })
    const { cached, pcm } = await own.synthesize({ ...say('hello'), cache: true }, { signal })
    const pieces: string[] = []
    for await (const piece of pcm) pieces.push(String(piece))
    expect([cached, pieces]).toEqual([true, ['hello']])
    expect(asked).toEqual(['hello'])
    await expect(own.synthesize({ ...say('other'), cache: true }, { signal })).rejects.toThrow(
      SpeechError,
    )
  })

  it('does not look for what may hold a caller’s words', async () => {
    const { lines } = await createDisk()
    const { asked, synthesizer } = createVoice()
    await lines.obtain(say('hello'), { synthesizer, signal })
    await fromDiskFirst(synthesizer, { lines }).synthesize(
      { ...say('hello'), cache: false },
      { signal },
    )
    expect(asked).toEqual(['hello', 'hello'])
  })
})

describe('keepDiskFilled', () => {
  /** Runs until `until` has been logged. */
  async function fill({
    wanted,
    voice,
    until,
  }: {
    wanted: () => Promise<readonly ReturnType<typeof say>[]>
    voice: ReturnType<typeof createVoice>
    until: number
  }) {
    const { lines } = await createDisk()
    const logged: unknown[] = []
    const ending = new AbortController()
    const log = (fields: unknown) => {
      logged.push(fields)
      if (logged.length === until) ending.abort()
      else voice.is.fault = undefined
    }
    const logger: Pick<Logger, 'info' | 'warn' | 'debug'> = { info: log, warn: log, debug() {} }
    const filling = keepDiskFilled({
      ...{ wanted, lines, synthesizer: voice.synthesizer, signal: ending.signal },
      ...{ logger, retryMs: 1, refreshMs: 1 },
    })
    await expect(filling).rejects.toThrow()
    return logged
  }

  it('says what is missing, and comes back for it until it is there', async () => {
    const voice = createVoice()
    voice.is.fault = new SpeechError('unavailable')
    const wanted = async () => [say('one'), say('two')]
    expect(await fill({ wanted, voice, until: 2 })).toEqual([
      { isComplete: false, onDisk: 0, missing: 2, refused: 0, noVoice: [] },
      { isComplete: true, onDisk: 2, missing: 0, refused: 0, noVoice: [] },
    ])
    expect(voice.asked).toEqual(['one', 'two', 'one', 'two'])
  })

  it('names the languages that nobody can speak, and does not wait for them', async () => {
    const voice = createVoice()
    voice.is.fault = new SpeechError('refused')
    expect(await fill({ wanted: async () => [say('one')], voice, until: 1 })).toEqual([
      { isComplete: true, onDisk: 0, missing: 0, refused: 1, noVoice: ['en'] },
    ])
  })

  it('asks again for the words when it was not told them', async () => {
    let asked = 0
    const wanted = async () => {
      asked += 1
      if (asked === 1) throw new Error('the orchestrator answers with 503')
      return [say('one')]
    }
    expect(await fill({ wanted, voice: createVoice(), until: 2 })).toMatchObject([
      { isComplete: false, unknown: 'the orchestrator answers with 503' },
      { isComplete: true, onDisk: 1 },
    ])
  })
})

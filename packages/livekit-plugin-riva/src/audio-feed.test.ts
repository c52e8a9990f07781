import { describe, expect, it } from 'vitest'
import { AudioFeed, type FeedReader } from './audio-feed.ts'

const rateHz = 1000

function createFeed({ maxBufferedMs = 1000 } = {}) {
  const clock = { ms: 0 }
  const feed = new AudioFeed({
    sampleRateHz: rateHz,
    chunkMs: 100,
    maxBufferedMs,
    quietMs: 200,
    now: () => clock.ms,
  })
  return { feed, clock }
}

/** Samples that tell where they lie: sample 250 of the feed is 250. */
function ramp(from: number, to: number): Int16Array {
  return Int16Array.from({ length: to - from }, (_, index) => from + index)
}

/** Reads what is there; a flush is told as 'flush'. */
async function read(reader: FeedReader, count: number): Promise<(number[] | 'flush')[]> {
  const items: (number[] | 'flush')[] = []
  if (count === 0) return items
  for await (const item of reader) {
    if (item.kind === 'flush') items.push('flush')
    else items.push([...new Int16Array(Uint8Array.from(item.bytes).buffer)])
    if (items.length === count) break
  }
  return items
}

describe('AudioFeed', () => {
  it('cuts even chunks out of frames of any length', async () => {
    const { feed } = createFeed()
    feed.push(ramp(0, 33))
    feed.push(ramp(33, 250))
    const reader = feed.open()
    expect(await read(reader, 2)).toEqual([[...ramp(0, 100)], [...ramp(100, 200)]])
    expect(reader.sentMs).toBe(200)
  })

  it('hands the unfilled chunk over before a flush and at the end', async () => {
    const { feed } = createFeed()
    feed.push(ramp(0, 150))
    feed.flush()
    feed.push(ramp(150, 160))
    feed.end()
    const reader = feed.open()
    expect(await read(reader, 9)).toEqual([
      [...ramp(0, 100)],
      [...ramp(100, 150)],
      'flush',
      [...ramp(150, 160)],
    ])
    expect(reader.isDrained).toBe(true)
  })

  it('waits for audio, and ends when it is closed', async () => {
    const { feed } = createFeed()
    const reader = feed.open()
    const first = read(reader, 1)
    feed.push(ramp(0, 100))
    expect(await first).toEqual([[...ramp(0, 100)]])
    const next = read(reader, 1)
    reader.close()
    expect(await next).toEqual([])
    expect(reader.isDrained).toBe(false)
  })

  it('begins a new reader where the last final ended, within a chunk too', async () => {
    const { feed } = createFeed()
    feed.push(ramp(0, 300))
    await read(feed.open(), 3)
    feed.commit(150)
    const reader = feed.open()
    expect(reader.startMs).toBe(150)
    expect(await read(reader, 2)).toEqual([[...ramp(150, 200)], [...ramp(200, 300)]])
  })

  it('repeats a flush that no final answered, and forgets one that a final did', async () => {
    const { feed } = createFeed()
    feed.push(ramp(0, 100))
    feed.flush()
    await read(feed.open(), 2)
    expect(await read(feed.open(), 2)).toEqual([[...ramp(0, 100)], 'flush'])
    feed.commit(100)
    feed.push(ramp(100, 200))
    expect(await read(feed.open(), 1)).toEqual([[...ramp(100, 200)]])
  })

  it('takes no final for audio that was never sent', async () => {
    const { feed } = createFeed()
    feed.push(ramp(0, 300))
    await read(feed.open(), 1)
    feed.commit(5000)
    expect(feed.open().startMs).toBe(100)
  })

  it('keeps a bounded time of audio while nobody takes it', async () => {
    const { feed } = createFeed({ maxBufferedMs: 300 })
    feed.push(ramp(0, 1000))
    const reader = feed.open()
    expect(reader.startMs).toBe(700)
    expect(await read(reader, 3)).toHaveLength(3)
  })

  it('says so when a reader is too slow to get everything', async () => {
    const { feed } = createFeed({ maxBufferedMs: 300 })
    const reader = feed.open()
    feed.push(ramp(0, 300))
    expect(reader.stalled.aborted).toBe(false)
    feed.push(ramp(300, 400))
    expect(reader.stalled.reason).toMatchObject({ name: 'RivaError', code: 'stalled' })
  })

  it.each([
    ['nothing while frames come', 100, 150, 0],
    ['nothing in a short gap', 100, 290, 0],
    ['what is missing after a longer one', 100, 450, 350],
    ['nothing when audio came faster than time', 500, 750, 250],
    ['no more than it keeps when the process slept', 100, 60_000, 1000],
  ])('fills in %s', async (_, pushedMs, nowMs, silenceMs) => {
    const { feed, clock } = createFeed()
    clock.ms = pushedMs === 500 ? 400 : pushedMs
    feed.push(ramp(1, pushedMs + 1))
    clock.ms = nowMs
    feed.fillSilence()
    feed.end()
    const items = await read(feed.open(), 99)
    const silent = items.flat().filter((sample) => sample === 0)
    expect(silent).toHaveLength(silenceMs)
  })

  it('keeps in step with the clock over many gaps', () => {
    const { feed, clock } = createFeed()
    for (; clock.ms < 30_000; clock.ms += 70) feed.fillSilence()
    // Looked at last at 29 960: nothing more than the time since then is missing.
    expect(feed.positionMs).toBe(29_960)
  })
})

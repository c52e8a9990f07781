import { initializeLogger, voice } from '@livekit/agents'
import type { AudioFrame } from '@livekit/rtc-node'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FrameSink, Playout, TracedFrame } from '../src/speaking/playout.ts'

initializeLogger({ pretty: false, level: 'silent' })

const frameMs = 20

class TestFrame extends TracedFrame {
  calledOff = false
  givenTimes = 0
  wasPlayed = false

  constructor() {
    super(new Int16Array(480), 24_000, 1, 480)
  }

  override given(): void {
    this.givenTimes += 1
  }

  override played(): void {
    this.wasPlayed = true
  }
}

/** Holds `room` frames and plays one whenever it is told to. */
function createSink(room = 4) {
  const queue: AudioFrame[] = []
  const heard: AudioFrame[] = []
  let wake: (() => void) | undefined
  const sink: FrameSink = {
    async captureFrame(frame) {
      queue.push(frame)
      while (queue.length > room) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    clearQueue() {
      queue.length = 0
      wake?.()
    },
    get queuedDuration() {
      return queue.length * frameMs
    },
    async close() {},
  }
  return {
    sink,
    heard,
    play(frames: number) {
      heard.push(...queue.splice(0, frames))
      wake?.()
    },
  }
}

function create(room?: number) {
  const room1 = createSink(room)
  const playout = new Playout(room1.sink)
  const finished: voice.PlaybackFinishedEvent[] = []
  playout.on(voice.AudioOutput.EVENT_PLAYBACK_FINISHED, (event: voice.PlaybackFinishedEvent) => {
    finished.push(event)
  })
  onTestFinished(() => playout.close())
  return { ...room1, playout, finished }
}

const frames = (count: number) => Array.from({ length: count }, () => new TestFrame())
const turn = () => new Promise(setImmediate)

async function capture(playout: Playout, all: readonly AudioFrame[]): Promise<void> {
  for (const frame of all) await playout.captureFrame(frame)
}

describe('Playout', () => {
  it('counts a frame as played when it has left the source, not when it was given', async () => {
    const { playout, play, finished } = create()
    const all = frames(3)
    await capture(playout, all)
    playout.flush()
    await turn()
    expect(all.map(({ givenTimes }) => givenTimes)).toEqual([1, 1, 1])
    expect(all.some(({ wasPlayed }) => wasPlayed)).toBe(false)
    play(3)
    await expect.poll(() => finished).toEqual([{ playbackPosition: 0.06, interrupted: false }])
    expect(all.every(({ wasPlayed }) => wasPlayed)).toBe(true)
  })

  it('takes no more than the source and a few frames hold', async () => {
    const { playout, play } = create(4)
    let captured = 0
    const feeding = (async () => {
      for (const frame of frames(20)) {
        await playout.captureFrame(frame)
        captured += 1
      }
    })()
    await turn()
    expect(captured).toBeLessThanOrEqual(4 + 1 + 3)
    const drain = setInterval(() => play(1), 1)
    await feeding
    clearInterval(drain)
  })

  it('is quiet within the call to pause, and plays what was queued after a resume', async () => {
    const { playout, sink, play, heard } = create()
    const all = frames(6)
    const feeding = capture(playout, all)
    await turn()
    play(2)
    playout.pause()
    expect(sink.queuedDuration).toBe(0)
    expect(playout.stoppedAt).toBeDefined()
    await turn()
    expect(sink.queuedDuration).toBe(0)
    playout.resume()
    await feeding
    await turn()
    play(6)
    await turn()
    expect(heard).toEqual(all)
    expect(playout.stoppedAt).toBeUndefined()
  })

  it('lets nothing of a called-off speech sound when it is resumed before it is cleared', async () => {
    const { playout, sink, play, heard, finished } = create()
    const all = frames(6)
    const feeding = capture(playout, all)
    await turn()
    play(2)
    playout.pause()
    for (const frame of all) frame.calledOff = true
    playout.resume()
    await feeding
    await playout.captureFrame(Object.assign(new TestFrame(), { calledOff: true }))
    await turn()
    expect(sink.queuedDuration).toBe(0)
    expect(heard).toHaveLength(2)
    await expect.poll(() => finished).toEqual([{ playbackPosition: 0.04, interrupted: true }])
    expect(playout.stoppedAt).toBeDefined()

    const next = frames(1)
    await capture(playout, next)
    playout.flush()
    await turn()
    play(1)
    await expect.poll(() => finished.length).toBe(2)
    expect(next[0]?.wasPlayed).toBe(true)
  })

  it('reports a cleared segment once, however often it is cleared', async () => {
    const { playout, finished } = create()
    await capture(playout, frames(2))
    playout.clearBuffer()
    playout.flush()
    playout.clearBuffer()
    await turn()
    await turn()
    expect(finished).toEqual([{ playbackPosition: 0, interrupted: true }])
    await expect(playout.waitForPlayout()).resolves.toMatchObject({ interrupted: true })
  })

  it('does not touch the source any more once it is closed', async () => {
    const { playout, sink } = create()
    await capture(playout, frames(2))
    await playout.close()
    sink.clearQueue = () => {
      throw new Error('the source is gone')
    }
    playout.clearBuffer()
    playout.pause()
    playout.resume()
    await playout.captureFrame(new TestFrame())
    await expect(playout.waitForPlayout()).resolves.toMatchObject({ interrupted: true })
  })

  it('lets a waiting producer go when it is cleared or closed', async () => {
    const { playout } = create(1)
    const feeding = capture(playout, frames(20))
    await turn()
    await playout.close()
    await feeding
  })
})

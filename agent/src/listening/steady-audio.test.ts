import { describe, expect, it, vi } from 'vitest'
import { createSteadyAudio } from './steady-audio.ts'

function create() {
  vi.useFakeTimers()
  const heard: { samples: number; isSilence: boolean }[] = []
  const audio = createSteadyAudio({
    onAudio: ({ length }, { isSilence }) => heard.push({ samples: length, isSilence }),
    now: () => Date.now(),
  })
  const total = () => heard.reduce((sum, { samples }) => sum + samples, 0)
  return { audio, heard, total }
}

describe('createSteadyAudio', () => {
  it('puts as much silence as audio is missing', () => {
    const { audio, heard, total } = create()
    audio.push(new Int16Array(160))
    vi.advanceTimersByTime(1000)
    expect(heard[0]).toEqual({ samples: 160, isSilence: false })
    expect(heard.slice(1).every(({ isSilence }) => isSilence)).toBe(true)
    expect(total() - 160).toBeGreaterThan(16 * 880)
    expect(total() - 160).toBeLessThanOrEqual(16 * 1000)
    audio.close()
  })

  it('puts none between frames that come late but come', () => {
    const { audio, heard } = create()
    for (let index = 0; index < 10; index += 1) {
      vi.advanceTimersByTime(380)
      audio.push(new Int16Array(160))
    }
    expect(heard.every(({ isSilence }) => !isSilence)).toBe(true)
    audio.close()
  })

  it('goes on with it evenly once it has begun', () => {
    const { audio, heard } = create()
    vi.advanceTimersByTime(600)
    expect(heard.slice(1).map(({ samples }) => samples)).toEqual([640, 640, 640, 640, 640])
    audio.close()
  })

  it('does not make up for a process that slept', () => {
    const { audio, total } = create()
    vi.setSystemTime(Date.now() + 60_000)
    vi.advanceTimersByTime(50)
    expect(total()).toBe(16_000)
    audio.close()
  })

  it('is quiet once it is closed', () => {
    const { audio, heard } = create()
    audio.close()
    vi.advanceTimersByTime(1000)
    expect(heard).toEqual([])
  })
})

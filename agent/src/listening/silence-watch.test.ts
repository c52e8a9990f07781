import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSilenceWatch } from './silence-watch.ts'

function create() {
  vi.useFakeTimers()
  const silences: number[] = []
  const watch = createSilenceWatch({
    silenceMs: 1000,
    onSilent: (sinceMs) => silences.push(sinceMs),
  })
  onTestFinished(() => watch.close())
  return { watch, silences }
}

describe('createSilenceWatch', () => {
  it('tells of silence, and again for as long as it lasts', () => {
    const { silences } = create()
    vi.advanceTimersByTime(2500)
    expect(silences).toEqual([1000, 2000])
  })

  it('begins anew when something comes from the caller', () => {
    const { watch, silences } = create()
    vi.advanceTimersByTime(1900)
    watch.noticed()
    vi.advanceTimersByTime(1000)
    expect(silences).toEqual([1000, 1000])
  })

  it('does not count while our own voice is heard, and remembers that nothing came before', () => {
    const { watch, silences } = create()
    vi.advanceTimersByTime(1000)
    watch.setSpeaking(true)
    vi.advanceTimersByTime(5000)
    expect(silences).toEqual([1000])
    watch.setSpeaking(false)
    vi.advanceTimersByTime(1000)
    expect(silences).toEqual([1000, 2000])
  })

  it('tells nothing once it is closed', () => {
    const { watch, silences } = create()
    watch.close()
    watch.noticed()
    vi.advanceTimersByTime(5000)
    expect(silences).toEqual([])
  })
})

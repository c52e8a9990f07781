import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { watchAnswer } from './watch-answer.ts'

function start() {
  vi.useFakeTimers()
  const told: string[] = []
  const watch = watchAnswer({
    ...{ language: 'en', onMachine: 'leave-message', now: Date.now },
    listener: {
      answeredBy: ({ by }) => void told.push(by),
      plan: (opening) => void told.push(opening),
      over: () => void told.push('over'),
    },
  })
  onTestFinished(() => {
    watch.close()
    vi.useRealTimers()
  })
  return { watch, told }
}

describe('watchAnswer', () => {
  it('is over when it is known who is there', () => {
    const { watch, told } = start()
    vi.advanceTimersByTime(1500)
    watch.voiceStarted(Date.now())
    watch.words('Hello?', { isFinal: false })
    vi.advanceTimersByTime(400)
    watch.voiceEnded(Date.now())
    watch.words('Hello?', { isFinal: true })
    vi.advanceTimersByTime(30_000)
    expect(told).toEqual(['greet', 'human', 'greet', 'over'])
  })

  it('is over when nobody has said a word for long', () => {
    const { told } = start()
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual(['greet', 'unknown', 'over'])
  })
})

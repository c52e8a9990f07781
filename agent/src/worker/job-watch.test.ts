import { describe, expect, it } from 'vitest'
import { createJobWatch } from './job-watch.ts'

const tickMs = 250
const create = () => createJobWatch({ tickMs, stalledMs: 2000, orphanedMs: 5000 })

/** Ticks until a fault is found; gives it with the milliseconds that had passed. */
function untilFault(
  watch: ReturnType<typeof create>,
  { onTick = () => {}, elapsedMs = tickMs, ticks = 100 } = {},
) {
  watch.tick(tickMs, ['a'])
  for (let index = 1; index <= ticks; index += 1) {
    const [fault] = watch.tick(elapsedMs, ['a'])
    if (fault) return [...fault, index * elapsedMs]
    onTick()
  }
  return undefined
}

describe('createJobWatch', () => {
  it('finds a job that answers no ping for two seconds, and says so once', () => {
    const watch = create()
    expect(untilFault(watch)).toEqual(['a', 'stalled', 2000])
    expect(watch.tick(tickMs, ['a'])).toEqual([])
  })

  it('finds a job that answers and is not heard for five seconds', () => {
    const watch = create()
    expect(untilFault(watch, { onTick: () => watch.answered('a') })).toEqual([
      'a',
      'orphaned',
      5000,
    ])
  })

  it('finds nothing in a job that answers and is heard', () => {
    const watch = create()
    const onTick = () => {
      watch.answered('a')
      watch.settled('a')
    }
    expect(untilFault(watch, { onTick })).toBeUndefined()
  })

  it('knows a job that was heard before it was looked at', () => {
    const watch = create()
    watch.settled('a')
    expect(untilFault(watch, { onTick: () => watch.answered('a') })).toBeUndefined()
  })

  it('does not count the time in which our own loop stood still', () => {
    const watch = create()
    expect(untilFault(watch, { elapsedMs: 60_000, ticks: 3 })).toBeUndefined()
  })

  it('begins anew with a job that comes again', () => {
    const watch = create()
    untilFault(watch)
    watch.tick(tickMs, [])
    expect(untilFault(watch)).toEqual(['a', 'stalled', 2000])
  })
})

import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { passAbort } from './pass-abort.ts'

describe('passAbort', () => {
  it('aborts with the first source, and with one that has aborted before', () => {
    const first = new AbortController()
    const controller = new AbortController()
    passAbort([first.signal, new AbortController().signal], controller)
    first.abort('left')
    expect(controller.signal.reason).toBe('left')
    const late = new AbortController()
    passAbort([AbortSignal.abort('gone')], late)
    expect(late.signal.reason).toBe('gone')
  })

  it('lets go of a source that outlives it', () => {
    const call = new AbortController()
    const release = passAbort([call.signal], new AbortController())
    expect(getEventListeners(call.signal, 'abort')).toHaveLength(1)
    release()
    expect(getEventListeners(call.signal, 'abort')).toHaveLength(0)
  })
})

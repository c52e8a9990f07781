import { Room } from '@livekit/rtc-node'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { createAnsweredCall } from './answered-call.ts'

function start() {
  const answered = createAnsweredCall({
    logger: createLogger('test', { level: 'silent' }),
    signal: new AbortController().signal,
    send() {},
    stopSpeaking() {},
  })
  let read = 0
  const hear = (text: string) => {
    const words = {
      get text() {
        read += 1
        return text
      },
    }
    const final = { type: 'transcript-final', language: 'en', confidence: 1 } as const
    answered.noteSent(Object.assign(words, final))
  }
  return { answered, hear, read: () => read }
}

describe('createAnsweredCall', () => {
  it('takes down what is heard until it is known that somebody has called us', async () => {
    const { answered, hear, read } = start()
    hear('hello')
    expect(read()).toBe(1)
    const call = { outbound: undefined, language: 'en', room: new Room(), callee: 'caller' }
    await answered.mayGreet(call)
    hear('a room please')
    expect(read()).toBe(1)
  })

  it('takes nothing down of a call that another job has answered', () => {
    const { answered, hear, read } = start()
    answered.skip()
    hear('a room please')
    expect(read()).toBe(0)
  })
})

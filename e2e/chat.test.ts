import { Room, RoomEvent } from '@livekit/rtc-node'
import { tokenResponse } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { readRunningStack } from './running-stack.ts'

const answerMs = 30_000

describe('a room participant who types', needs(['redis', 'livekit-server']), () => {
  it('gets an answer', async () => {
    const { stack } = readRunningStack()
    const response = await fetch(new URL('/v1/token', stack.urls.orchestrator), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const { server_url, participant_token } = tokenResponse.parse(await response.json())
    const room = new Room()
    const said: string[] = []
    let onSaid: () => void = () => undefined
    room.registerTextStreamHandler('lk.transcription', (reader) => {
      const read = async () => {
        said.push(await reader.readAll())
        onSaid()
      }
      inBackground(read(), { onError: (error) => said.push(String(error)) })
    })
    const untilSaid = (words: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no ${words} within ${answerMs} ms in: ${said.join(' | ')}`)),
          answerMs,
        )
        onSaid = () => {
          if (!words.test(said.join(' '))) return
          clearTimeout(timer)
          resolve()
        }
        onSaid()
      })
    try {
      await room.connect(server_url, participant_token, { autoSubscribe: true, dynacast: false })
      await untilSaid(/AI assistant/)
      await room.localParticipant?.sendText('When is breakfast served?', { topic: 'lk.chat' })
      await untilSaid(/half past six/)
      expect(said.join(' ')).toContain('half past ten')
      const gone = new Promise((resolve) => room.once(RoomEvent.Disconnected, resolve))
      await room.localParticipant?.sendText('Thank you, goodbye.', { topic: 'lk.chat' })
      await gone
    } finally {
      await room.disconnect()
    }
  })
})

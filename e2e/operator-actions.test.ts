import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { concatPcm } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { synthesizeCaller } from '../scripts/call/caller-voice.ts'
import { type Caller, eventsOf, talkTo } from './caller.ts'
import { listCalls, readCall } from './calls-api.ts'
import { transcribe } from './hearing.ts'
import { act } from './operators.ts'
import { readRunningStack } from './running-stack.ts'
import { until } from './until.ts'

/** The call that is under way now; the files of e2e run one after the other. */
async function currentCall(stack: Stack): Promise<string> {
  const active = (await listCalls(stack)).filter(({ state }) => state === 'active')
  const [call] = active
  if (!call || active.length > 1) throw new Error(`${active.length} calls are active`)
  return call.id
}

/** What the caller hears from `from` on, once `isOver` says so. */
async function hear(stack: Stack, { line }: Caller, from: number, isOver: () => boolean) {
  await until('it has been said', async () => isOver() || undefined)
  await sleep(500) // room, mixer and jitter buffer
  const frames = line.recording.received.filter(({ at }) => at >= from)
  return (await transcribe(stack, concatPcm(frames.map(({ pcm }) => pcm)))).toLowerCase()
}

describe('operators', needs(['redis', 'livekit-server', 'sip']), () => {
  it('say a sentence through the agent, whisper to it, mute it and hang up, and the caller hears it', async () => {
    const { stack } = readRunningStack()
    let callId = ''
    const report = await talkTo(stack, { via: 'sip' }, async (caller) => {
      callId = await currentCall(stack)
      const { events } = caller

      const saidAt = epochNow()
      const key = { 'idempotency-key': `say-${callId}` }
      const sentence = { action: 'say', text: 'The garden opens at seven.' } as const
      const said = await act(stack, callId, sentence, key)
      expect(said).toMatchObject({ ok: true, status: 202 })
      expect(await act(stack, callId, sentence, key)).toEqual(said) // sent again, and said once
      const heard = await hear(stack, caller, saidAt, () =>
        eventsOf(events, 'say-finished').some(({ turnId }) => turnId.startsWith('operator-')),
      )
      expect(heard).toMatch(/opens at seven/)
      expect(heard.match(/seven/g)).toHaveLength(1)

      expect(
        await act(stack, callId, { action: 'whisper', text: 'Breakfast is free today.' }),
      ).toMatchObject({ ok: true, status: 202 })
      const askedAt = await caller.say('When is breakfast?')
      const whispered = await hear(stack, caller, askedAt, () => true)
      expect(whispered).toMatch(/free/)

      expect(await act(stack, callId, { action: 'mute' })).toMatchObject({ ok: true, status: 200 })
      const [question] = await synthesizeCaller(stack, ['Do you have a parking lot?'], {
        ...{ language: 'en', voice: undefined, signal: caller.signal },
      })
      const turnsBefore = eventsOf(events, 'turn-received').length
      const saysBefore = eventsOf(events, 'say').length
      await caller.line.play(question ?? new Int16Array(), { signal: caller.signal })
      await until(
        'the turn is on record',
        async () => eventsOf(events, 'turn-received').length > turnsBefore || undefined,
      )
      expect(await act(stack, callId, { action: 'say', text: 'Hello?' })).toMatchObject({
        ...{ ok: false, status: 409, error: { state: 'active' } },
      })
      expect(eventsOf(events, 'say')).toHaveLength(saysBefore)
      expect(await act(stack, callId, { action: 'unmute' })).toMatchObject({ status: 200 })
      const againAt = await caller.say('When is breakfast?')
      expect(await hear(stack, caller, againAt, () => true)).toMatch(/breakfast|seven|ten/)
      expect(eventsOf(events, 'say').length).toBeGreaterThan(saysBefore)

      const faulty = { action: 'transfer', to: 'the-moon' } as const
      expect(await act(stack, callId, faulty)).toMatchObject({ ok: false, status: 400 })
      expect(await act(stack, callId, { action: 'hangup' })).toMatchObject({ status: 202 })
      await caller.line.ended
    })
    expect(report.end).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(await readCall(stack, callId)).toMatchObject({
      ...{ state: 'ended', endReason: 'operator-hangup' },
    })
    expect(await act(stack, callId, { action: 'mute' })).toMatchObject({
      ...{ ok: false, status: 409, error: { state: 'ended' } },
    })
  })

  it('take a call over: the agent goes quiet, and the caller hears the operator', async () => {
    const { stack } = readRunningStack()
    await talkTo(stack, { via: 'sip' }, async (caller) => {
      const callId = await currentCall(stack)
      const taken = await act(stack, callId, { action: 'take-over', name: 'Ada' })
      if (!taken.ok || !taken.answer.join) throw new Error('the operator was not let in')
      const { join } = taken.answer
      const words = 'Good evening, this is the manager speaking.'
      const [pcm] = await synthesizeCaller(stack, [words], {
        ...{ language: 'en', voice: undefined, signal: caller.signal },
      })
      const rtc = await import('@livekit/rtc-node')
      const room = new rtc.Room()
      await room.connect(join.server_url, join.participant_token, {
        ...{ autoSubscribe: true, dynacast: false },
      })
      const source = new rtc.AudioSource(8000, 1)
      const track = rtc.LocalAudioTrack.createAudioTrack('operator', source)
      const options = new rtc.TrackPublishOptions({ source: rtc.TrackSource.SOURCE_MICROPHONE })
      const publication = await room.localParticipant?.publishTrack(track, options)
      await publication?.waitForSubscription()
      const from = epochNow()
      const audio = pcm ?? new Int16Array()
      for (let at = 0; at < audio.length; at += 160) {
        const frame = audio.slice(at, at + 160)
        await source.captureFrame(new rtc.AudioFrame(frame, 8000, 1, frame.length))
      }
      await source.waitForPlayout()
      const heard = await hear(stack, caller, from, () => true)
      expect(heard).toMatch(/good evening/)
      await room.disconnect()
      // The operator's leaving is not the caller's.
      expect(await act(stack, callId, { action: 'unmute' })).toMatchObject({ status: 200 })
      const askedAt = await caller.say('When is breakfast?')
      expect(await hear(stack, caller, askedAt, () => true)).toMatch(/breakfast|seven|ten/)
    })
  })
})

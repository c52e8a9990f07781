import { describe, expect, it } from 'vitest'
import { createMixer, frameSamples } from './mixer.ts'

const frame = (level: number) => new Int16Array(frameSamples).fill(level)

describe('createMixer', () => {
  it('adds voices up, clipped where they are too loud together', () => {
    const mixer = createMixer()
    const [one, other] = [mixer.add(), mixer.add()]
    for (const level of [1000, 30_000]) {
      one.push(frame(level))
      other.push(frame(level))
    }
    expect(mixer.next()?.[0]).toBe(2000)
    expect(mixer.next()?.[319]).toBe(32_767)
    expect(mixer.next()).toBeUndefined()
  })

  it('begins a voice, and one that ran dry, only with two frames', () => {
    const mixer = createMixer()
    const input = mixer.add()
    input.push(frame(1))
    expect(mixer.next()).toBeUndefined()
    input.push(frame(2))
    expect([mixer.next()?.[0], mixer.next()?.[0], mixer.next()]).toEqual([1, 2, undefined])
    input.push(frame(3))
    expect(mixer.next()).toBeUndefined()
  })

  it('loses the oldest when a voice comes faster than it is sent: never more than 100 ms wait', () => {
    const mixer = createMixer()
    const input = mixer.add()
    for (let level = 1; level <= 9; level += 1) input.push(frame(level))
    const heard = Array.from({ length: 6 }, () => mixer.next()?.[0])
    expect(heard).toEqual([5, 6, 7, 8, 9, undefined])
  })

  it('forgets a voice that has left', () => {
    const mixer = createMixer()
    const input = mixer.add()
    input.push(frame(1))
    input.push(frame(1))
    input.close()
    expect(mixer.next()).toBeUndefined()
  })
})

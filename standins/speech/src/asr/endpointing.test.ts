import { describe, expect, it } from 'vitest'
import { defaultEndpointing, Endpointing, type EndpointingSettings } from './endpointing.ts'
import { windowMs } from './voice-activity.ts'

const speak = (ms: number) => Array<number>(Math.ceil(ms / windowMs)).fill(0.9)
const pause = (ms: number) => Array<number>(Math.ceil(ms / windowMs)).fill(0.02)

function signals(probabilities: readonly number[], settings: Partial<EndpointingSettings> = {}) {
  const endpointing = new Endpointing({ ...defaultEndpointing, ...settings })
  return probabilities.map((probability) => {
    const signal = endpointing.next(probability)
    if (signal === 'end') endpointing.reset()
    if (signal === 'cut') endpointing.continueAfterCut(500)
    return signal
  })
}

describe('Endpointing', () => {
  it('ends an utterance when the silence is as long as asked, not before', () => {
    const said = signals([...speak(1000), ...pause(400), ...speak(500), ...pause(1000)])
    expect(said.filter((signal) => signal === 'start')).toHaveLength(1)
    expect(said.filter((signal) => signal === 'end')).toHaveLength(1)
    const silentMs =
      (said.indexOf('end') + 1) * windowMs -
      [...speak(1000), ...pause(400), ...speak(500)].length * windowMs
    expect(silentMs).toBe(800)
  })

  it('takes a click for silence and a short word for speech', () => {
    expect(signals([...pause(100), 0.9, ...pause(900)])).not.toContain('start')
    expect(signals([...pause(100), ...speak(96), ...pause(900)])).toContain('end')
  })

  it('tells of a pause once per gap, when asked to', () => {
    const said = [...speak(500), ...pause(500), ...speak(500), ...pause(900)]
    expect(signals(said)).not.toContain('pause')
    const told = signals(said, { pauseMs: 240 })
    expect(told.filter((signal) => signal === 'pause')).toHaveLength(2)
    expect(told.lastIndexOf('pause')).toBeLessThan(told.indexOf('end'))
  })

  it('ends a long utterance at a gap between words, and one without gaps at its limit', () => {
    const long = signals([...speak(15_000), ...pause(200), ...speak(1000)])
    expect(long).toContain('end')
    expect(long).not.toContain('cut')
    expect(signals(speak(21_000)).filter((signal) => signal === 'cut')).toHaveLength(1)
  })

  it('starts over after a reset', () => {
    const endpointing = new Endpointing(defaultEndpointing)
    for (const probability of speak(200)) endpointing.next(probability)
    endpointing.reset()
    expect(endpointing.isSpeaking).toBe(false)
    expect(endpointing.next(0.02)).toBe('silence')
  })
})

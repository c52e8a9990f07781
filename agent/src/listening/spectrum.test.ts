import { describe, expect, it } from 'vitest'
import { createSpectrum } from './spectrum.ts'

describe('createSpectrum', () => {
  it.each([500, 1000, 3000])('has the peak of a tone of %i Hz in its bin', (hertz) => {
    const tone = Int16Array.from(
      { length: 512 },
      (_, n) => 8000 * Math.sin((2 * Math.PI * hertz * n) / 16_000),
    )
    const spectrum = createSpectrum()(tone)
    expect(spectrum.indexOf(Math.max(...spectrum))).toBe(hertz / 31.25)
  })

  it('keeps the power of the window', () => {
    const spectrum = createSpectrum()
    const sum = (amplitude: number) =>
      spectrum(Int16Array.from({ length: 512 }, (_, n) => amplitude * Math.sin(n))).reduce(
        (a, b) => a + b,
        0,
      )
    expect(sum(2000) / sum(1000)).toBeCloseTo(4, 1)
  })
})

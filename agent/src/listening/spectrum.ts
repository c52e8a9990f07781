/** Power of the bins of 31.25 Hz of a window of 512 samples at 16 kHz, by a Hann-weighted Fourier transform. */
export type Spectrum = Float32Array

const size = 512

export function createSpectrum(): (samples: Int16Array) => Spectrum {
  const weights = Float32Array.from(
    { length: size },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size),
  )
  const cosines = Float32Array.from({ length: size / 2 }, (_, k) =>
    Math.cos((2 * Math.PI * k) / size),
  )
  const sines = Float32Array.from({ length: size / 2 }, (_, k) =>
    Math.sin((2 * Math.PI * k) / size),
  )
  const order = Uint16Array.from({ length: size }, (_, index) => reverseBits(index))
  const real = new Float32Array(size)
  const imaginary = new Float32Array(size)

  return (samples) => {
    for (let n = 0; n < size; n += 1) {
      real[order[n] ?? 0] = (samples[n] ?? 0) * (weights[n] ?? 0)
    }
    imaginary.fill(0)
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half)
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k += 1) {
          const one = start + k
          const other = one + half
          const cosine = cosines[k * step] ?? 0
          const sine = sines[k * step] ?? 0
          const a = real[other] ?? 0
          const b = imaginary[other] ?? 0
          const turnedReal = a * cosine + b * sine
          const turnedImaginary = b * cosine - a * sine
          real[other] = (real[one] ?? 0) - turnedReal
          imaginary[other] = (imaginary[one] ?? 0) - turnedImaginary
          real[one] = (real[one] ?? 0) + turnedReal
          imaginary[one] = (imaginary[one] ?? 0) + turnedImaginary
        }
      }
    }
    return Float32Array.from(
      { length: size / 2 },
      (_, bin) => (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2,
    )
  }
}

function reverseBits(index: number): number {
  let reversed = 0
  for (let bit = 1, mirrored = size / 2; bit < size; bit *= 2, mirrored /= 2) {
    if (index & bit) reversed += mirrored
  }
  return reversed
}

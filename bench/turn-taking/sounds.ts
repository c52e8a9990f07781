import type { Noise } from './plan.ts'
import type { Random } from './random.ts'
import { lineRateHz } from './speak.ts'

/** A sound that nobody says, at 8 kHz, about −20 dBFS at its loudest; `speech` is what babble is made of. */
export function makeSound(
  noise: Noise,
  { ms, random, speech }: { ms: number; random: Random; speech: readonly Int16Array[] },
): Float64Array {
  const samples = Math.round((ms * lineRateHz) / 1000)
  switch (noise) {
    case 'cough':
      return shape(lowPass(white(samples, random), 0.55), (at) => cough(at))
    case 'breath':
      return scale(
        shape(lowPass(white(samples, random), 0.3), (at) => Math.sin(Math.PI * at) ** 2),
        0.35,
      )
    case 'knock':
      return shape(lowPass(white(samples, random), 0.8), (at) => Math.exp(-at * 40))
    case 'white':
      return scale(white(samples, random), 0.3)
    case 'pink':
      return scale(lowPass(white(samples, random), 0.15), 0.9)
    case 'hum':
      return tones(samples, [50, 100, 150, 250, 350], () => 0.2)
    case 'typing':
      return typing(samples, random)
    case 'music':
      return music(samples, random)
    case 'babble':
      return babble(samples, speech)
    default:
      noise satisfies never
      return new Float64Array(samples)
  }
}

/** Two bursts: the opening of the throat and what follows it. */
function cough(at: number): number {
  return Math.exp(-at * 14) + 0.6 * Math.exp(-(((at - 0.55) / 0.13) ** 2))
}

export function white(samples: number, random: Random): Float64Array {
  return Float64Array.from({ length: samples }, () => random.normal() * 0.12)
}

function lowPass(sound: Float64Array, share: number): Float64Array {
  let held = 0
  return sound.map((value) => {
    held += share * (value - held)
    return held / Math.sqrt(share)
  })
}

function shape(sound: Float64Array, envelope: (at: number) => number): Float64Array {
  return sound.map((value, index) => value * envelope(index / sound.length))
}

function scale(sound: Float64Array, gain: number): Float64Array {
  return sound.map((value) => value * gain)
}

function tones(
  samples: number,
  frequencies: readonly number[],
  gainAt: (seconds: number) => number,
): Float64Array {
  return Float64Array.from({ length: samples }, (_, index) => {
    const seconds = index / lineRateHz
    const sum = frequencies.reduce(
      (total, frequency, order) =>
        total + Math.sin(2 * Math.PI * frequency * seconds) / (order + 1),
      0,
    )
    return (gainAt(seconds) * sum) / 2
  })
}

function typing(samples: number, random: Random): Float64Array {
  const sound = new Float64Array(samples)
  for (let at = 0; at < samples; at += Math.round(random.between(600, 2000))) {
    for (let index = 0; index < 160 && at + index < samples; index += 1) {
      sound[at + index] = random.normal() * 0.1 * Math.exp(-index / 30)
    }
  }
  return sound
}

/** Chords of four beats with a tune above them, as phone systems play. */
function music(samples: number, random: Random): Float64Array {
  const roots = [220, 174.6, 196, 261.6]
  const scaleOf = [1, 1.125, 1.25, 1.5, 1.667, 2]
  const beat = lineRateHz / 2
  const sound = new Float64Array(samples)
  for (let from = 0, count = 0; from < samples; from += beat, count += 1) {
    const root = roots[Math.floor(count / 4) % roots.length] ?? 220
    const tune = root * 2 * (scaleOf[Math.floor(random.next() * scaleOf.length)] ?? 1)
    const chord = tones(
      beat,
      [root, root * 1.25, root * 1.5],
      (seconds) => 0.18 * Math.exp(-seconds),
    )
    const voice = tones(beat, [tune, tune * 2], (seconds) => 0.2 * Math.exp(-seconds * 3))
    for (let index = 0; index < beat && from + index < samples; index += 1) {
      sound[from + index] = (chord[index] ?? 0) + (voice[index] ?? 0)
    }
  }
  return sound
}

/** Several people at once, far from the telephone. */
function babble(samples: number, speech: readonly Int16Array[]): Float64Array {
  const sound = new Float64Array(samples)
  for (const [order, pcm] of speech.entries()) {
    if (pcm.length === 0) continue
    for (let index = 0; index < samples; index += 1) {
      const value = pcm[(index + order * 3700) % pcm.length] ?? 0
      sound[index] = (sound[index] ?? 0) + (value / 32768) * 0.25
    }
  }
  return sound
}

/** Samples of 20 ms at 16 kHz: one frame of everything here. */
export const frameSamples = 320
export const mixRateHz = 16_000

/** One voice in the mix. */
export interface MixerInput {
  /** Frames of 20 ms. When more than 100 ms wait, the oldest are lost. */
  push(frame: Int16Array): void
  close(): void
}

export interface Mixer {
  add(): MixerInput
  /** The next 20 ms of everybody; undefined when nobody has anything to say. */
  next(): Int16Array | undefined
}

const maxFrames = 5
/** A voice that begins, or ran dry, waits for so many frames: they come a few milliseconds early or late. */
const startFrames = 2

/** Adds voices up, clipped where they are too loud together. */
export function createMixer(): Mixer {
  const inputs = new Set<{ frames: Int16Array[]; isRunning: boolean }>()

  return {
    add() {
      const input = { frames: [] as Int16Array[], isRunning: false }
      inputs.add(input)
      return {
        push(frame) {
          input.frames.push(frame)
          if (input.frames.length >= startFrames) input.isRunning = true
          if (input.frames.length > maxFrames) input.frames.shift()
        },
        close: () => void inputs.delete(input),
      }
    },
    next() {
      let mix: Int32Array | undefined
      for (const input of inputs) {
        if (!input.isRunning) continue
        const frame = input.frames.shift()
        if (!frame) {
          input.isRunning = false
          continue
        }
        mix ??= new Int32Array(frameSamples)
        const length = Math.min(frameSamples, frame.length)
        for (let index = 0; index < length; index += 1) {
          mix[index] = (mix[index] ?? 0) + (frame[index] ?? 0)
        }
      }
      return mix && Int16Array.from(mix, (sum) => Math.max(-32768, Math.min(32767, sum)))
    },
  }
}

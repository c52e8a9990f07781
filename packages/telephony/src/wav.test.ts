import { describe, expect, it } from 'vitest'
import { readMonoWav, readWav, WavError, writeWav } from './wav.ts'

const mono = () => writeWav({ sampleRateHz: 16000, channels: [Int16Array.of(1, -2, 300, -32768)] })

const patched = (change: (view: DataView) => void) => {
  const bytes = mono()
  change(new DataView(bytes.buffer))
  return bytes
}

const rf64 = patched((view) => {
  view.setUint8(1, 0x46)
  view.setUint8(2, 0x36)
  view.setUint8(3, 0x34)
})

describe('readWav', () => {
  it('reads what writeWav wrote, channel by channel', () => {
    const channels = [Int16Array.of(1, 2, 3), Int16Array.of(-1, -2)]
    expect(readWav(writeWav({ sampleRateHz: 8000, channels }))).toEqual({
      sampleRateHz: 8000,
      channels: [Int16Array.of(1, 2, 3), Int16Array.of(-1, -2, 0)],
    })
  })

  it.each([0, 0xffffffff])(
    'takes all that follows when the length is %i, as pipes leave it',
    (length) => {
      const bytes = patched((view) => view.setUint32(40, length, true))
      expect(readWav(bytes).channels[0]).toHaveLength(4)
    },
  )

  it('steps over chunks it does not know, odd lengths included', () => {
    const list = Uint8Array.of(0x4c, 0x49, 0x53, 0x54, 3, 0, 0, 0, 1, 2, 3, 0)
    const bytes = mono()
    const longer = Uint8Array.of(...bytes.slice(0, 36), ...list, ...bytes.slice(36))
    expect(readWav(longer).channels[0]).toEqual(Int16Array.of(1, -2, 300, -32768))
  })
})

describe('readMonoWav', () => {
  it.each([
    ['is not a WAV file', new TextEncoder().encode('ID3 and then some music')],
    ['is not a WAV file', new Uint8Array()],
    ['is RF64', rf64],
    ['holds G.711 µ-law instead of PCM', patched((view) => view.setUint16(20, 7, true))],
    ['holds format 4660 instead of PCM', patched((view) => view.setUint16(20, 0x1234, true))],
    ['has samples of 24 bits', patched((view) => view.setUint16(34, 24, true))],
    [
      'has 2 channels',
      writeWav({ sampleRateHz: 8000, channels: [Int16Array.of(1), Int16Array.of(1)] }),
    ],
    ['has a sample rate of 12 Hz', patched((view) => view.setUint32(24, 12, true))],
    ['holds no samples', mono().slice(0, 44)],
    ['does not say its format', mono().slice(0, 12)],
  ])('says that the file %s and how to convert it', (what, bytes) => {
    const read = () => readMonoWav(bytes, 'my call.wav')
    expect(read).toThrow(WavError)
    expect(read).toThrow(`my call.wav ${what}`)
    expect(read).toThrow("ffmpeg -i 'my call.wav' -ac 1 -c:a pcm_s16le")
    expect(read).toThrow("sox 'my call.wav' -c 1 -b 16")
  })
})

import { execFileSync } from 'node:child_process'
import { initializeLogger } from '@livekit/agents'
import { decodeG711, encodeG711, readWav, resample } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { composeHoldTune } from '../src/call-control/hold-tune.ts'
import {
  createSoundWatch,
  type SoundChange,
  type SoundWindow,
} from '../src/listening/sound-kind.ts'
import { createTonality } from '../src/listening/tonality.ts'
import { createVoiceWindows } from '../src/listening/voice-windows.ts'

initializeLogger({ pretty: false, level: 'silent' })

const rateHz = 16_000
const seconds = (count: number) => count * rateHz

/** As a telephone line carries it. */
function overTheLine(samples: Int16Array): Int16Array {
  const narrow = resample(samples, { fromHz: rateHz, toHz: 8000 })
  const coded = decodeG711('PCMU', encodeG711('PCMU', narrow))
  return resample(coded, { fromHz: 8000, toHz: rateHz })
}

function noise(length: number, amplitude: number): Int16Array {
  let seed = 3
  return Int16Array.from({ length }, () => {
    seed = (seed * 16_807) % 2_147_483_647
    return Math.round((seed / 2_147_483_647 - 0.5) * 2 * amplitude)
  })
}

function repeated(samples: Int16Array, length: number): Int16Array {
  return Int16Array.from({ length }, (_, index) => samples[index % samples.length] ?? 0)
}

function speech(voice: string): Int16Array {
  const text =
    'Hello, I would like to book a double room. For two nights, from Friday on. Is breakfast included? And how much would that be?'
  const wav = execFileSync('espeak-ng', ['-v', voice, '--stdout', text], { maxBuffer: 1 << 26 })
  const { sampleRateHz, channels } = readWav(wav)
  const spoken = resample(channels[0] ?? new Int16Array(), { fromHz: sampleRateHz, toHz: rateHz })
  return Int16Array.from(spoken, (sample, index) => sample / 2 + (index % 2 === 0 ? 8 : -8))
}

/** What the VAD, the level and the tones of it are, on the clock of the audio. */
async function look(samples: Int16Array): Promise<SoundWindow[]> {
  let position = 0
  const windows = createVoiceWindows({ echoOf: () => 0, now: () => position / 16 })
  const tonality = createTonality()
  const seen: SoundWindow[] = []
  for (; position + 160 <= samples.length; ) {
    const frame = samples.slice(position, position + 160)
    position += 160
    windows.push(frame)
  }
  const count = Math.floor(position / 512)
  for await (const { at: _at, samples: heard, probability, levelDb } of windows) {
    seen.push({ at: seen.length * 32, probability, levelDb, tonality: tonality(heard) })
    if (seen.length === count) break
  }
  windows.close()
  return seen
}

async function kindsOf(samples: Int16Array): Promise<SoundChange['kind'][]> {
  const watch = createSoundWatch()
  return (await look(samples)).flatMap((window) => watch.hear(window)?.kind ?? [])
}

describe('createSoundWatch', needs(['espeak-ng']), () => {
  it.each(['en-gb', 'en-us+f3', 'de', 'fr', 'hi'])(
    'hears speech in %s, and nothing else',
    async (voice) => {
      const spoken = overTheLine(speech(voice))
      const kinds = await kindsOf(spoken)
      expect(kinds.filter((kind) => kind !== 'silence' && kind !== 'no-media')).toEqual(['speech'])
    },
  )

  it('hears hold music, also over a telephone line', async () => {
    const tune = resample(composeHoldTune(), { fromHz: 24_000, toHz: rateHz })
    expect((await kindsOf(repeated(tune, seconds(12)))).at(-1)).toBe('music')
    expect((await kindsOf(overTheLine(repeated(tune, seconds(12))))).at(-1)).toBe('music')
  })

  it.each([300, 1000, 4000])('takes noise of amplitude %i for noise', async (amplitude) => {
    expect((await kindsOf(noise(seconds(12), amplitude))).at(-1)).toBe('noise')
  })

  it('takes comfort noise for silence, and nothing at all for no media', async () => {
    expect(await kindsOf(noise(seconds(8), 20))).toEqual(['silence'])
    expect(await kindsOf(new Int16Array(seconds(8)))).toEqual(['no-media'])
  })

  it('tells each change once, and when a caller comes back from hold', async () => {
    const tune = resample(composeHoldTune(), { fromHz: 24_000, toHz: rateHz })
    const spoken = speech('en-gb')
    const line = new Int16Array(spoken.length * 2 + seconds(12))
    line.set(spoken)
    line.set(repeated(tune, seconds(12)), spoken.length)
    line.set(spoken, spoken.length + seconds(12))
    expect(await kindsOf(overTheLine(line))).toEqual(['speech', 'music', 'speech'])
  })

  it('does not take a caller who is understood for music', async () => {
    const tune = resample(composeHoldTune(), { fromHz: 24_000, toHz: rateHz })
    const watch = createSoundWatch()
    const kinds = (await look(repeated(tune, seconds(8)))).flatMap((window) => {
      watch.words(window.at)
      return watch.hear(window)?.kind ?? []
    })
    expect(kinds).toEqual(['speech'])
  })
})

import { concatPcm, decodeG711, encodeG711, resample } from '@trunkline/telephony'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKnownSpeech } from '../src/asr/known-speech.ts'
import { createSynthesis, type Synthesis } from '../src/tts/synthesis.ts'
import { findVoice } from '../src/tts/voices.ts'

const question = 'When is breakfast served on Sundays, please?'
const others = ['Do you have a room with a bath?', 'I would like to book a room, please.']
const fromHz = 24_000

let synthesis: Synthesis
beforeAll(async () => {
  synthesis = await createSynthesis({ espeakProgram: 'espeak-ng', onCrash: () => {} })
  await synthesis.ready()
})
afterAll(() => synthesis.close())

async function speak(text: string, voiceName = 'Flite.EN-GB.Awb'): Promise<Int16Array> {
  const voice = findVoice(synthesis.voices, { languageCode: 'en', voiceName })
  const pieces: Int16Array[] = []
  const { signal } = new AbortController()
  for await (const { pcm } of synthesis.stream({ text, voice, sampleRateHz: fromHz }, { signal })) {
    pieces.push(pcm.slice())
  }
  return concatPcm(pieces)
}

/** As a recogniser gets it from the telephone network: 8 kHz µ-law, shifted, with noise, at 16 kHz. */
function throughTelephone(pcm: Int16Array): Int16Array {
  const narrow = resample(pcm, { fromHz, toHz: 8000 })
  const late = concatPcm([new Int16Array(731), narrow, new Int16Array(1500)])
  const noisy = late.map((sample, index) => sample * 0.6 + 40 * Math.sin(index * index))
  return resample(decodeG711('PCMU', encodeG711('PCMU', noisy)), { fromHz: 8000, toHz: 16_000 })
}

describe('createKnownSpeech', async () => {
  const known = createKnownSpeech()
  let heard: Int16Array
  beforeAll(async () => {
    const options = { sampleRateHz: fromHz }
    for (const text of [question, ...others]) known.remember(text, await speak(text), options)
    heard = throughTelephone(await speak(question))
  })

  it('knows what was remembered when it comes back by telephone', () => {
    expect(known.recognize(heard).text).toBe(question)
  })

  it('gives of a beginning the first words, and of what follows the rest', () => {
    const half = Math.floor(heard.length / 2)
    const first = known.recognize(heard.subarray(0, half)).text
    const rest = known.recognize(heard.subarray(half)).text
    expect(question.startsWith(`${first} `)).toBe(true)
    expect(question.endsWith(` ${rest}`)).toBe(true)
    expect(first.split(' ').length + rest.split(' ').length).toBeLessThanOrEqual(8)
    expect(first.split(' ').length + rest.split(' ').length).toBeGreaterThanOrEqual(6)
  })

  it('knows nothing of other words, of another voice, of noise and of silence', async () => {
    expect(known.recognize(throughTelephone(await speak('My name is Anna Meyer.'))).text).toBe('')
    const other = await speak(question, 'Flite.EN-US.Rms')
    expect(known.recognize(throughTelephone(other)).text).toBe('')
    const noise = Int16Array.from({ length: 16_000 }, (_, index) => 900 * Math.sin(index * index))
    expect(known.recognize(noise).text).toBe('')
    expect(known.recognize(new Int16Array(16_000)).text).toBe('')
  })
})

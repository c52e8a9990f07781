import { expect, it } from 'vitest'
import { createKnownSpeech } from '../asr/known-speech.ts'
import type { Speech } from './flite.ts'
import { rememberSpeech } from './remember-speech.ts'
import type { Synthesis, SynthesisRequest } from './synthesis.ts'
import { fliteVoices } from './voices.ts'

const [voice] = fliteVoices
if (!voice) throw new Error('there is no voice')
const { signal } = new AbortController()
const request = (text: string): SynthesisRequest => ({ text, voice, sampleRateHz: 8000 })

/** Two pieces for every text; counts what it was asked for. */
function createCounted() {
  const asked: string[] = []
  const synthesis: Synthesis = {
    voices: [voice as NonNullable<typeof voice>],
    isAlive: true,
    ready: async () => {},
    close: async () => {},
    async *stream({ text }) {
      asked.push(text)
      yield { pcm: new Int16Array([text.length, 2]), sampleRateHz: 8000 }
      yield { pcm: new Int16Array([3, 4]), sampleRateHz: 8000 }
    },
  }
  return { asked, remembering: rememberSpeech(synthesis, createKnownSpeech()) }
}

async function speak(synthesis: Synthesis, text: string): Promise<readonly Speech[]> {
  const pieces: Speech[] = []
  for await (const piece of synthesis.stream(request(text), { signal })) {
    pieces.push({ ...piece, pcm: piece.pcm.slice() })
    piece.pcm.fill(0) // a listener may do as it likes with what it got
  }
  return pieces
}

it('makes the same words once, and gives them again as they were', async () => {
  const { asked, remembering } = createCounted()
  const first = await speak(remembering, 'Hello')
  expect(await speak(remembering, 'Hello')).toEqual(first)
  expect(await speak(remembering, 'Hello')).toEqual(first)
  await speak(remembering, 'Goodbye')
  expect(asked).toEqual(['Hello', 'Goodbye'])
})

it('keeps nothing of what was not spoken to its end', async () => {
  const { asked, remembering } = createCounted()
  for await (const piece of remembering.stream(request('Hello'), { signal })) {
    expect(piece.pcm).toHaveLength(2)
    break
  }
  await speak(remembering, 'Hello')
  expect(asked).toEqual(['Hello', 'Hello'])
})

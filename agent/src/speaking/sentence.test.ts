import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { SpeechError } from '../errors.ts'
import { frameMs } from './frames.ts'
import { Sentence } from './sentence.ts'
import { speechSampleRateHz } from './synthesizer.ts'

const text = 'Twenty thousand leagues under the sea.'
const audio = (ms: number) =>
  new Uint8Array(new Int16Array((ms * speechSampleRateHz) / 1000).fill(1000).buffer)

/** One whose audio has `leadMs` of other words in front; it breaks off behind `ownMs` unless it is whole. */
function create({ leadMs, ownMs, isWhole }: { leadMs: number; ownMs: number; isWhole: boolean }) {
  async function* pcm() {
    yield audio(leadMs)
    if (ownMs > 0) yield audio(ownMs)
    if (!isWhole) throw new SpeechError('unavailable')
  }
  return new Sentence({
    ...{ index: 0, text, language: 'en', voice: '', cache: false, interruptible: true },
    synthesizer: {
      async synthesize() {
        return { firstByteMs: 1, cached: false, pcm: pcm(), leadBytes: audio(leadMs).byteLength }
      },
    },
    logger: createLogger('agent', { level: 'silent' }),
  })
}

async function play(sentence: Sentence, { ms = Number.POSITIVE_INFINITY } = {}): Promise<void> {
  for await (const _frame of sentence.frames()) {
    sentence.countPlayed()
    if (sentence.playedMs >= ms) return
  }
}

describe('a sentence behind words that are not its own', () => {
  it('was not heard when nothing of it could be spoken', async () => {
    const sentence = create({ leadMs: 1010, ownMs: 0, isWhole: false })
    await play(sentence)
    expect(sentence.playedMs).toBeGreaterThan(1000)
    expect(sentence.heard()).toBe('')
    expect(sentence.over).toBe(true)
  })

  it('was heard as far as its own audio was played', async () => {
    const sentence = create({ leadMs: 1000, ownMs: 2000, isWhole: true })
    await play(sentence, { ms: 1000 + frameMs })
    expect(sentence.heard()).toBe('')
    const half = create({ leadMs: 1000, ownMs: 2000, isWhole: true })
    await play(half, { ms: 2000 })
    expect(half.heard()).toBe('Twenty thousand')
    const whole = create({ leadMs: 1000, ownMs: 2000, isWhole: true })
    await play(whole)
    expect(whole.heard()).toBe(text)
  })
})

import { Readable } from 'node:stream'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { largestStep } from '../../test/largest-step.ts'
import { SpeechError } from '../errors.ts'
import { rampSamples } from './ramp.ts'
import { Reply } from './reply.ts'

const level = 30_000
const spoken = { language: 'en', voice: '', cache: true, interruptible: true }

/** Voices that begin and end as abruptly as can be; `cut` breaks off in the middle. */
function replyOf(sentences: readonly { samples: number; isCut?: boolean }[]): Reply {
  const waiting = [...sentences]
  async function* say({ samples, isCut }: { samples: number; isCut?: boolean }) {
    yield new Uint8Array(new Int16Array(samples).fill(level).buffer)
    if (isCut) throw new SpeechError('cut')
  }
  const reply = new Reply('turn-1', {
    logger: createLogger('test', { level: 'silent' }),
    synthesizer: {
      synthesize: async () => ({
        ...{ firstByteMs: 1, cached: false },
        pcm: say(waiting.shift() ?? { samples: 0 }),
      }),
    },
  })
  for (const index of sentences.keys()) reply.add({ ...spoken, index, text: `Sentence ${index}.` })
  reply.end()
  return reply
}

async function play(reply: Reply): Promise<{ readonly all: number[]; readonly texts: string[] }> {
  const all: number[] = []
  const texts: string[] = []
  for await (const { samples, text, startsSentence } of reply.frames()) {
    all.push(...samples)
    if (startsSentence) texts.push(text)
  }
  return { all, texts }
}

/** Of a ramp from silence to `level`. */
const gentle = (level * Math.PI) / 2 / rampSamples + 2

describe('Reply', () => {
  it.each([
    ['of whole frames', [{ samples: 960 }, { samples: 1440 }]],
    ['of any length', [{ samples: 1001 }, { samples: 777 }, { samples: 480 * 4 + 1 }]],
    ['that break off', [{ samples: 1500, isCut: true }, { samples: 960 }]],
  ])('joins sentences %s without a click', async (_kind, sentences) => {
    const { all, texts } = await play(replyOf(sentences))
    expect(texts).toHaveLength(sentences.length)
    expect(Math.max(...all)).toBe(level)
    expect(largestStep([...all, 0])).toBeLessThan(gentle)
  })

  it('may be interrupted when what must be heard of it was played, and not before', async () => {
    const reply = new Reply('greeting', {
      logger: createLogger('test', { level: 'silent' }),
      synthesizer: {
        async synthesize() {
          const pcm = [new Uint8Array(new Int16Array(24_000 * 4).buffer)]
          return { firstByteMs: 1, cached: true, pcm: Readable.from(pcm) }
        },
      },
    })
    const text = 'Good day. I am a machine. How can I help you?'
    reply.add({ ...spoken, index: 0, text, mustHear: 'I am a machine.' })
    reply.end()
    let interruptibleAtMs: number | undefined
    let playedMs = 0
    for await (const frame of reply.frames()) {
      if (frame.isInterruptible) interruptibleAtMs ??= playedMs
      frame.given()
      frame.played()
      playedMs += 20
    }
    // 25 of 45 characters in 4 s, and a little more.
    expect(interruptibleAtMs).toBeGreaterThanOrEqual(2222)
    expect(interruptibleAtMs).toBeLessThanOrEqual(2222 + 320)
  })

  it('puts no more than a frame of silence between two sentences', async () => {
    const { all } = await play(replyOf([{ samples: 1001 }, { samples: 960 }]))
    const loud = all.map((sample) => Math.abs(sample) > level / 2)
    const gap = loud.lastIndexOf(false, loud.lastIndexOf(true)) - loud.indexOf(false, 480)
    expect(gap).toBeGreaterThan(0)
    expect(gap).toBeLessThan(480 + rampSamples)
  })
})

import { describe, expect, it } from 'vitest'
import { SpeechError, type SpeechErrorCode } from '../src/errors.ts'
import { createWhenVoiceless } from '../src/speaking/when-voiceless.ts'

const spoken = { text: 'Hello.', language: 'en', voice: '', cache: false }

/** A tts-router that is away for so many requests and from `mute()` on, and says everything in its own words. */
function create({
  failures,
  unspeakable,
  isCached = false,
  code = 'unavailable',
  bridging = 'wait ',
  bridgeAfterMs = 20,
  aloneAfterMs = 60_000,
  giveUpMs = 60_000,
}: {
  failures: number
  /** It never has a voice. */
  unspeakable?: string
  isCached?: boolean
  code?: SpeechErrorCode
  bridging?: string
  bridgeAfterMs?: number
  aloneAfterMs?: number
  giveUpMs?: number
}) {
  let requests = 0
  let givenUp = 0
  let isMute = false
  const synthesizer = {
    async synthesize({ text }: { text: string }) {
      requests += 1
      if (requests <= failures || text === unspeakable || isMute) throw new SpeechError(code)
      const pcm = (async function* () {
        yield Buffer.from(text)
      })()
      return { firstByteMs: 1, cached: isCached, pcm }
    },
    close: async () => {},
  }
  const patient = createWhenVoiceless(synthesizer, {
    bridging: async () => (bridging === '' ? undefined : Buffer.from(bridging)),
    onVoiceless: () => {
      givenUp += 1
    },
    ...{ bridgeAfterMs, aloneAfterMs, giveUpMs, retryMs: 15 },
  })
  const request = (signal = new AbortController().signal, text = spoken.text) =>
    patient.synthesize({ ...spoken, text }, { signal })
  const say = async (...what: Parameters<typeof request>) => {
    const { pcm } = await request(...what)
    let said = ''
    for await (const piece of pcm) said += String(piece)
    return said
  }
  return {
    request,
    say,
    mute() {
      isMute = true
    },
    get requests() {
      return requests
    },
    get givenUp() {
      return givenUp
    },
  }
}

describe('a sentence while the tts-router is away', () => {
  it('is said alone when the voice is back soon', async () => {
    const voice = create({ failures: 1, bridgeAfterMs: 60_000 })
    expect(await voice.say()).toBe('Hello.')
  })

  it('is said behind the bridging words when the voice takes longer', async () => {
    const voice = create({ failures: 4 })
    expect(await voice.say()).toBe('wait Hello.')
    expect(voice.givenUp).toBe(0)
  })

  it('shares the bridging words with the sentences after it', async () => {
    const voice = create({ failures: 8 })
    expect((await Promise.all([voice.say(), voice.say()])).toSorted()).toEqual([
      'Hello.',
      'wait Hello.',
    ])
  })

  it('waits in silence when there are no bridging words', async () => {
    expect(await create({ failures: 4, bridging: '' }).say()).toBe('Hello.')
  })

  it('is given up in the end, and that is told once', async () => {
    const voice = create({ failures: 1000, giveUpMs: 60 })
    const all = await Promise.allSettled([voice.say(), voice.say()])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(voice.givenUp).toBe(1)
  })

  it.each([
    ['alone when others have a voice meanwhile', false, 0],
    ['with the call when what others have was only kept', true, 1],
  ])('is given up %s', async (_how, isCached, givenUp) => {
    const voice = create({ failures: 0, unspeakable: 'Hello.', isCached, giveUpMs: 60 })
    const all = await Promise.allSettled([voice.say(), voice.say(undefined, 'Goodbye.')])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(voice.givenUp).toBe(givenUp)
  })

  it('is given up with the call when the others had their voice before', async () => {
    const voice = create({ failures: 0, giveUpMs: 60 })
    await voice.say(undefined, 'Goodbye.')
    voice.mute()
    await expect(voice.say()).rejects.toThrow(SpeechError)
    expect(voice.givenUp).toBe(1)
  })

  it('is given up alone, and soon, when there are no others and the voice can say something else', async () => {
    const voice = create({ failures: 0, unspeakable: 'Hello.', bridging: '', aloneAfterMs: 40 })
    await expect(voice.say()).rejects.toThrow(SpeechError)
    expect(voice.givenUp).toBe(0)
  })

  it('is given up alone in the end, too, when the voice can say something else', async () => {
    const voice = create({ failures: 0, unspeakable: 'Hello.', bridging: '', giveUpMs: 60 })
    await expect(voice.say()).rejects.toThrow(SpeechError)
    expect(voice.givenUp).toBe(0)
  })

  it('is said when the voice is back just as it is asked whether it is there', async () => {
    const voice = create({ failures: 3, bridging: '', aloneAfterMs: 30 })
    expect(await voice.say()).toBe('Hello.')
  })

  it('tells how much of the audio is not its own', async () => {
    expect(await create({ failures: 4 }).request()).toMatchObject({ leadBytes: 'wait '.length })
    expect(await create({ failures: 0 }).request()).not.toHaveProperty('leadBytes')
  })

  it('is not asked for again when the tts-router refuses it', async () => {
    const voice = create({ failures: 1000, code: 'refused' })
    await expect(voice.say()).rejects.toThrow(SpeechError)
    expect([voice.requests, voice.givenUp]).toEqual([1, 0])
  })

  it('is not asked for again when nobody wants it any more', async () => {
    const voice = create({ failures: 1000 })
    const ending = new AbortController()
    const saying = voice.say(ending.signal)
    ending.abort()
    await expect(saying).rejects.toThrow()
    expect(voice.givenUp).toBe(0)
  })
})

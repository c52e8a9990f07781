import { getEventListeners, once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSynthesizer, type SynthesizerOptions } from '../src/speaking/synthesizer.ts'
import { type Answer, beginPcm, startToneRouter, tone } from './tone-router.ts'

const spoken = { text: 'Hello.', language: 'en', voice: 'anna', cache: true }
const signal = new AbortController().signal

async function start(answer: Answer, options: Partial<SynthesizerOptions> = {}) {
  const router = await startToneRouter({ answer })
  const synthesizer = createSynthesizer({ url: router.url, ...options })
  onTestFinished(async () => {
    await synthesizer.close()
    await router.close()
  })
  return { router, synthesizer }
}

async function bytesOf(pcm: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const piece of pcm) bytes += piece.byteLength
  return bytes
}

describe('createSynthesizer', () => {
  it('asks for 24 kHz and gives the audio from its first byte on', async () => {
    const { router, synthesizer } = await start(async (_request, response) => {
      beginPcm(response)
      response.write(tone(20))
      await new Promise(setImmediate)
      response.end(tone(80))
    })
    const synthesis = await synthesizer.synthesize(spoken, { signal })
    expect(await bytesOf(synthesis.pcm)).toBe(100 * 48)
    expect(synthesis.cached).toBe(false)
    expect(router.requests).toMatchObject([{ ...spoken, sampleRateHz: 24_000, format: 'pcm' }])
  })

  it('lets go of the call’s signal when the audio is over, and when there is none', async () => {
    const { synthesizer } = await start((_request, response, attempt) => {
      if (attempt > 1) {
        response.writeHead(400).end()
        return
      }
      beginPcm(response)
      response.end(tone(20))
    })
    const call = new AbortController()
    const { pcm } = await synthesizer.synthesize(spoken, { signal: call.signal })
    expect(getEventListeners(call.signal, 'abort')).not.toEqual([])
    await bytesOf(pcm)
    expect(getEventListeners(call.signal, 'abort')).toEqual([])
    await synthesizer.synthesize(spoken, { signal: call.signal }).catch(() => {})
    expect(getEventListeners(call.signal, 'abort')).toEqual([])
  })

  it.each([
    ['says it is overloaded', 503],
    ['is asked too often', 429],
  ])('asks once more when the router %s', async (_what, status) => {
    const { router, synthesizer } = await start((_request, response, attempt) => {
      if (attempt === 1) {
        response.writeHead(status).end()
        return
      }
      beginPcm(response)
      response.end(tone(20))
    })
    const { pcm } = await synthesizer.synthesize(spoken, { signal })
    expect(await bytesOf(pcm)).toBe(20 * 48)
    expect(router.requests).toHaveLength(2)
  })

  it('asks once more when the first byte does not come, and only once', async () => {
    const { router, synthesizer } = await start((_request, response) => beginPcm(response), {
      firstByteTimeoutMs: 50,
    })
    await expect(synthesizer.synthesize(spoken, { signal })).rejects.toMatchObject({
      name: 'SpeechError',
      code: 'timeout',
    })
    expect(router.requests).toHaveLength(2)
  })

  it('does not ask again for what the router refuses', async () => {
    const { router, synthesizer } = await start((_request, response) => {
      response.writeHead(400).end()
    })
    await expect(synthesizer.synthesize(spoken, { signal })).rejects.toMatchObject({
      code: 'refused',
    })
    expect(router.requests).toHaveLength(1)
  })

  it('does not take audio at another rate for speech', async () => {
    const { synthesizer } = await start((_request, response) => {
      response.writeHead(200, { 'x-sample-rate-hz': '16000' }).end(tone(20))
    })
    await expect(synthesizer.synthesize(spoken, { signal })).rejects.toMatchObject({
      code: 'bad-audio',
    })
  })

  it('tells a stream that breaks off from one that ends, and does not ask again', async () => {
    const { router, synthesizer } = await start((_request, response) => {
      beginPcm(response)
      response.write(tone(20), () => response.destroy())
    })
    const { pcm } = await synthesizer.synthesize(spoken, { signal })
    await expect(bytesOf(pcm)).rejects.toMatchObject({ code: 'cut' })
    expect(router.requests).toHaveLength(1)
  })

  it('takes a stream that stalls for one that breaks off', async () => {
    const { synthesizer } = await start(
      (_request, response) => {
        beginPcm(response)
        response.write(tone(20))
      },
      { idleTimeoutMs: 50 },
    )
    const { pcm } = await synthesizer.synthesize(spoken, { signal })
    await expect(bytesOf(pcm)).rejects.toMatchObject({ code: 'cut' })
  })

  it('ends the request when it is aborted, before the first byte and after', async () => {
    const closed: Promise<unknown>[] = []
    const { router, synthesizer } = await start((request, response) => {
      closed.push(once(response, 'close'))
      beginPcm(response)
      if (request.text === 'begun') response.write(tone(20))
    })
    const early = new AbortController()
    const waiting = synthesizer.synthesize(spoken, { signal: early.signal })
    await expect.poll(() => router.requests.length).toBe(1)
    early.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })

    const late = new AbortController()
    const begun = await synthesizer.synthesize(
      { ...spoken, text: 'begun' },
      { signal: late.signal },
    )
    late.abort()
    await expect(bytesOf(begun.pcm)).rejects.toMatchObject({ name: 'AbortError' })
    await Promise.all(closed)
    expect(router.requests).toHaveLength(2)
  })
})

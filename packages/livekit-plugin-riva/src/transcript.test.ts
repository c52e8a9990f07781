import { type DeepPartial, StreamingRecognizeResponse } from '@trunkline/riva'
import { describe, expect, it } from 'vitest'
import { readTranscripts } from './transcript.ts'

const context = { offsetSeconds: 10, language: 'en-US' }

function read(response: DeepPartial<StreamingRecognizeResponse>) {
  return readTranscripts(StreamingRecognizeResponse.fromPartial(response), context)
}

describe('readTranscripts', () => {
  it('joins the parts of an interim, and trims it', () => {
    const { interim, finals, stability, processedSeconds } = read({
      results: [
        { alternatives: [{ transcript: ' a double' }], stability: 0.9, audioProcessed: 1.5 },
        { alternatives: [{ transcript: ' room' }], stability: 0.1, audioProcessed: 1.5 },
      ],
    })
    expect(interim).toMatchObject({ text: 'a double room', startTime: 0, endTime: 0 })
    expect(finals).toEqual([])
    expect(stability).toBeCloseTo(0.1)
    expect(processedSeconds).toBe(1.5)
  })

  it('puts word times, which are ms since the connection began, on the stream’s clock', () => {
    const { finals } = read({
      results: [
        {
          isFinal: true,
          audioProcessed: 1,
          alternatives: [
            {
              transcript: 'two rooms ',
              confidence: -0.1,
              languageCode: ['en-GB'],
              words: [
                { word: 'two', startTime: 100, endTime: 300, confidence: 0.5 },
                { word: 'rooms', startTime: 300, endTime: 1200 },
              ],
            },
          ],
        },
      ],
    })
    const [final] = finals
    expect(final?.speech).toMatchObject({ text: 'two rooms', language: 'en-GB', startTime: 10.1 })
    expect(final?.speech.endTime).toBeCloseTo(11.2)
    expect(final?.speech.confidence).toBeCloseTo(Math.exp(-0.1))
    expect(final?.speech.words?.map(({ text, confidence }) => [text, confidence])).toEqual([
      ['two', 0.5],
      ['rooms', 0],
    ])
    // The last word ends after what the server says it processed.
    expect(final?.coveredSeconds).toBeCloseTo(1.2)
  })

  it.each([
    ['no results', [], undefined, false],
    ['a result without alternatives', [{ alternatives: [] }], undefined, false],
    ['an empty interim', [{ alternatives: [{ transcript: ' ' }] }], undefined, false],
    ['an eager end', [{ stability: 1, alternatives: [{ transcript: 'yes' }] }], 'yes', true],
    [
      'an interim that the same response makes final',
      [
        { stability: 1, alternatives: [{ transcript: 'yes' }] },
        { isFinal: true, alternatives: [{ transcript: 'yes' }] },
      ],
      undefined,
      false,
    ],
  ])('reads %s', (_, results, text, isEagerEnd) => {
    const transcripts = read({ results })
    expect(transcripts.interim?.text).toBe(text)
    expect(transcripts.isEagerEnd).toBe(isEagerEnd)
  })
})

import {
  type CallRecord,
  type Line,
  type LineLanguage,
  lineLanguage,
  type TurnRecord,
} from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { testLine } from '../../test/support/test-line.ts'
import { isReprompt, toReprompt } from './reprompt.ts'

const speech = testLine.languages.en
const everywhere = {
  ...testLine,
  languages: Object.fromEntries(lineLanguage.options.map((language) => [language, speech])),
}
const turn: Omit<TurnRecord, 'reply'> = {
  ...{ turnId: 'turn-1', state: 'finished', receivedAt: 1, text: 'Hi', language: 'en' },
  ...{ interrupted: false, tools: [] },
}
const asking = { ...turn, reply: 'We have one. Shall I book it? It is twelve euros.' }

/** As many as there are, one after the other. */
function inARow(
  count: number,
  {
    expect: awaited = 'free',
    line = everywhere,
    language = 'en',
  }: { expect?: 'free' | 'yes-no'; line?: Line; language?: string } = {},
) {
  const texts: string[] = []
  const prompts: NonNullable<CallRecord['prompts']> = []
  for (let made = 0; made < count; made += 1) {
    const record = { prompts, turns: [asking], expect: awaited }
    const { turnId, text } = toReprompt(record, { line, language })
    prompts.push({ turnId, at: made, says: [] })
    texts.push(text)
  }
  expect(prompts.every(({ turnId }) => isReprompt(turnId))).toBe(true)
  expect(new Set(prompts.map(({ turnId }) => turnId)).size).toBe(count)
  return texts
}

describe('what a silent caller is asked', () => {
  it.each(lineLanguage.options)(
    'is never the same twice running in %s',
    (language: LineLanguage) => {
      for (const awaited of ['free', 'yes-no'] as const) {
        const texts = inARow(8, { expect: awaited, language })
        expect(texts.filter((text, at) => text === texts[at - 1])).toEqual([])
      }
    },
  )

  it('is the open question again, without what followed it', () => {
    expect(inARow(1, { expect: 'yes-no' })).toEqual(['Sorry, I did not hear you. Shall I book it?'])
  })

  it('is whether they are there when nothing certain is awaited', () => {
    expect(inARow(1)).toEqual(['Are you still there?'])
  })

  it('is in the line’s own words where it has some, and in a language that it speaks', () => {
    const line = {
      ...testLine,
      languages: { en: { ...requireSpeech(), reprompts: ['Anyone?', 'Well?'] } },
    }
    expect(inARow(3, { line, language: 'de' })).toEqual(['Anyone?', 'Well?', 'Anyone?'])
  })
})

function requireSpeech() {
  if (!speech) throw new Error('the test line speaks English')
  return speech
}

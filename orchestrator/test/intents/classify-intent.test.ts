import { lineLanguage } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { createIntentClassifier } from '../../src/intents/classify-intent.ts'
import { intents } from '../../src/intents/intent.ts'
import { readCorpus } from './read-corpus.ts'

const classifyIntent = createIntentClassifier()

function measure(folder: string, language: string) {
  const all = readCorpus(`${folder}/${language}.json`)
  const right = all.filter(({ text, intent }) => classifyIntent(text, language).intent === intent)
  const others = all.filter(({ intent }) => intent !== 'end_call')
  const wrongEnds = others.filter(
    ({ text }) => classifyIntent(text, language).intent === 'end_call',
  )
  return { all, others, share: right.length / all.length, wrongEnds }
}

describe('classifyIntent', () => {
  for (const language of lineLanguage.options) {
    it(`tells at least 90 % of the utterances in ${language}`, () => {
      const { all, share } = measure('corpus', language)
      expect(all.length).toBeGreaterThanOrEqual(60)
      for (const intent of intents) {
        expect(all.filter((one) => one.intent === intent).length, intent).toBeGreaterThanOrEqual(10)
      }
      expect(share).toBeGreaterThanOrEqual(0.9)
    })

    it(`never takes something else for a goodbye in ${language}`, () => {
      expect(measure('corpus', language).wrongEnds).toEqual([])
    })
  }

  it('takes at most 1 % of utterances it was not made for as a goodbye', () => {
    const held = lineLanguage.options
      .map((language) => measure('corpus/held-out', language))
      .concat(lineLanguage.options.map((language) => measure('corpus/unseen', language)))
    const wrong = held.flatMap(({ wrongEnds }) => wrongEnds).length
    const others = held.flatMap((one) => one.others).length
    expect(wrong / others).toBeLessThanOrEqual(0.01)
  })

  it('reads a regional language tag, capitals and punctuation', () => {
    expect(classifyIntent('Vielen Dank, auf Wiederhören!', 'de-AT').intent).toBe('end_call')
    expect(classifyIntent('What time is breakfast?', 'en-GB').intent).toBe('question')
  })

  it('reads a language without rules as English', () => {
    expect(classifyIntent('thank you goodbye', 'pt').intent).toBe('end_call')
  })

  it('says unknown for nothing at all', () => {
    for (const text of ['', '  ', '…', '🙂']) {
      expect(classifyIntent(text, 'en').intent).toBe('unknown')
    }
  })

  it('does not hang up on a goodbye somewhere in a sentence about something else', () => {
    for (const text of [
      'goodbye to my money',
      'before we say goodbye i need the address',
      'thanks bye the way do you have parking',
      'okay bye but first cancel my booking',
      'the film was called the long goodbye',
    ]) {
      expect(classifyIntent(text, 'en').intent, text).not.toBe('end_call')
    }
  })
})

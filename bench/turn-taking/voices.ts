import type { CorpusTexts } from './texts/corpus-texts.ts'
import { english } from './texts/english.ts'
import { french } from './texts/french.ts'
import { german } from './texts/german.ts'
import { italian } from './texts/italian.ts'
import { spanish } from './texts/spanish.ts'

export const languages = ['en', 'de', 'fr', 'es', 'it'] as const
export type Language = (typeof languages)[number]

/** What is tuned on is never measured on: neither its voices nor its texts. */
export type CorpusSet = 'tuning' | 'measuring'

export const textsOf: Readonly<Record<Language, CorpusTexts>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
}

/** `program:voice`; `asterisk` is one human speaker, of whom there are digits, letters, days and months. */
type VoiceList = readonly [string, ...string[]]

/** The split. A voice stands in one set, whatever it is used for. */
export const voices: Readonly<Record<CorpusSet, Readonly<Record<Language, VoiceList>>>> = {
  tuning: {
    en: [
      'espeak:en-us+m1',
      'espeak:en-gb+f1',
      'espeak:en-gb-scotland+m4',
      'flite:kal16',
      'flite:awb',
    ],
    de: ['espeak:de+m1', 'espeak:de+f1', 'espeak:de+m4', 'espeak:de+Annie'],
    fr: ['espeak:fr-fr+m1', 'espeak:fr-fr+f1', 'espeak:fr-be+m4', 'espeak:fr-fr+Annie'],
    es: ['espeak:es+m1', 'espeak:es+f1', 'espeak:es-419+m4', 'espeak:es+Annie'],
    it: ['espeak:it+m1', 'espeak:it+f1', 'espeak:it+m4', 'espeak:it+Annie'],
  },
  measuring: {
    en: [
      ...([
        'espeak:en-us+m3',
        'espeak:en-gb+f2',
        'espeak:en-gb-x-rp+m7',
        'espeak:en-us-nyc+f4',
      ] as const),
      ...(['espeak:en-gb+Andy', 'flite:slt', 'flite:rms'] as const),
    ],
    de: [
      'espeak:de+m3',
      'espeak:de+f2',
      'espeak:de+m7',
      'espeak:de+f4',
      'espeak:de+Andy',
      'espeak:de+linda',
    ],
    fr: [
      'espeak:fr-fr+m3',
      'espeak:fr-fr+f2',
      'espeak:fr-ch+m7',
      'espeak:fr-be+f4',
      'espeak:fr-fr+Andy',
    ],
    es: ['espeak:es+m3', 'espeak:es+f2', 'espeak:es-419+m7', 'espeak:es+f4', 'espeak:es-419+Andy'],
    it: ['espeak:it+m3', 'espeak:it+f2', 'espeak:it+m7', 'espeak:it+f4', 'espeak:it+Andy'],
  },
}

/** Who speaks for us where our own voice comes back. */
export const ownVoices: Readonly<Record<CorpusSet, Readonly<Record<Language, VoiceList>>>> = {
  tuning: {
    en: ['espeak:en-us+f5'],
    de: ['espeak:de+f5'],
    fr: ['espeak:fr-fr+f5'],
    es: ['espeak:es+f5'],
    it: ['espeak:it+f5'],
  },
  measuring: {
    en: ['espeak:en-us+f3', 'espeak:en-us+m5'],
    de: ['espeak:de+f3', 'espeak:de+m5'],
    fr: ['espeak:fr-fr+f3', 'espeak:fr-fr+m5'],
    es: ['espeak:es+f3', 'espeak:es+m5'],
    it: ['espeak:it+f3', 'espeak:it+m5'],
  },
}

import type { LanguageCues } from './intent.ts'

/**
 * Text as it is compared: lower case, no punctuation, no accents (recognisers and regions differ in them), one space
 * around every word. Devanagari keeps its vowel signs and loses only the nukta, and its two nasal signs become one.
 */
export function normalizeSpeech(
  text: string,
  { apostrophe, spellings }: Pick<LanguageCues, 'apostrophe' | 'spellings'>,
): string {
  const plain = text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u093c\u200b-\u200d]/g, '')
    .replaceAll('\u0901', '\u0902')
    .replaceAll('ß', 'ss')
    .replace(/['’ʼ]/g, apostrophe === 'drop' ? '' : ' ')
  const words = spellings
    .reduce((speech, [spelling, same]) => speech.replaceAll(spelling, same), plain)
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return words === null ? ' ' : ` ${words.join(' ')} `
}

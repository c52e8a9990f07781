/** One word or number of an utterance after clean-up. */
export interface Word {
  /** Small letters, no accents; a number as digits. */
  readonly text: string
  readonly number?: number
  /** "third", "3rd", "3." */
  readonly isOrdinal?: boolean
  /** Said as a word: "twenty" + "3" is not 23, "twenty" + "three" is. */
  readonly isSpoken?: boolean
  /** "2026-12-03", "3.12.", "12/3": as written. */
  readonly isDate?: boolean
}

const token =
  /\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?|\d{1,2}\/\d{1,2}(?:\/(?:\d{4}|\d{2}))?|\d{1,3}(?:,\d{3})+|\d+(?:st|nd|rd|th|ste[nr]?|ten|er|ere|re|º|ª|°)(?![\p{L}\p{M}])|\d+:\d{2}|\d+\.(?=\s\p{L})|\d+|[\p{L}\p{M}']+|-/gu
const isoOrLocalDate = /^(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}.*)$/

/** Lower case, plain apostrophes and hyphens, no accents on Latin letters (Hindi signs stay). */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u2018\u2019`]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
}

/** Cuts an utterance into words; number words stay words (see numbers.ts). */
export function toWords(text: string): Word[] {
  const spaced = fold(text)
    .replace(/(\p{L})-(?=\p{L})/gu, '$1 ')
    .replace(/\b(l|d|all|dall|dell|nell|qu|j|c|n|s)'(?=[\p{L}\d])/gu, '$1 ')
  return (spaced.match(token) ?? []).map(toWord)
}

function toWord(text: string): Word {
  if (isoOrLocalDate.test(text)) return { text, isDate: true }
  if (!/^\d/.test(text) || text.includes(':')) return { text }
  const digits = text.replace(/\D/g, '')
  const isOrdinal = /[^\d,]$/.test(text)
  return { text: digits, number: Number(digits), ...(isOrdinal ? { isOrdinal } : {}) }
}

const plainAscii = /^[a-z0-9]*$/

/**
 * A word as it is looked up: lower case, without accents, `ß` as `ss`; Devanagari without nukta and with one nasal
 * sign, since recognisers write both.
 */
export function foldWord(word: string): string {
  const lower = word.toLowerCase()
  if (plainAscii.test(lower)) return lower
  return lower
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u093c\u200b-\u200d]/g, '')
    .replaceAll('\u0901', '\u0902')
    .replaceAll('ß', 'ss')
}

/** Code points of the zeros of scripts that callers' devices and recognisers write digits in. */
const zeros = [
  ...[0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50],
  ...[0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6],
]

/** The same with ASCII digits; characters that are no digits stay. */
export function toAsciiDigits(text: string): string {
  let result = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const zero = zeros.find((start) => code >= start && code < start + 10)
    result += zero === undefined ? character : String(code - zero)
  }
  return result
}

const accents = /[\u0300-\u036f]/g
const notInWords = /[^\p{L}\p{M}\p{N}]+/gu

/** A text's words in small letters, without accents on Latin letters; apostrophes and hyphens part words. */
export function fold(text: string): readonly string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
  return plain.split(notInWords).filter((word) => word !== '')
}

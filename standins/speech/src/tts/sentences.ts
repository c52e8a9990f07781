/** Longer pieces are cut at a comma or a space, so that nobody waits long for the first sound. */
const maxCharacters = 220
const abbreviations =
  /(?:^|\s)(?:mr|mrs|ms|dr|st|no|vs|approx|dept|ext|tel|a\.m|p\.m|e\.g|i\.e)\.$/i

/** A text in pieces that are spoken one by one: sentences, and long ones in parts. */
export function splitSentences(text: string): string[] {
  const pieces: string[] = []
  let sentence = ''
  for (const piece of text.split(/(?<=[.!?…।]["'”’)]*)\s+|\n+/u)) {
    sentence = sentence === '' ? piece : `${sentence} ${piece}`
    if (abbreviations.test(sentence)) continue
    pieces.push(...splitLong(sentence))
    sentence = ''
  }
  pieces.push(...splitLong(sentence))
  return pieces.filter((piece) => /[\p{L}\p{N}]/u.test(piece))
}

function splitLong(sentence: string): string[] {
  const pieces: string[] = []
  let rest = sentence.trim()
  while (rest.length > maxCharacters) {
    const head = rest.slice(0, maxCharacters)
    const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '), head.lastIndexOf(': '))
    const at = comma > maxCharacters / 3 ? comma + 1 : head.lastIndexOf(' ')
    const cut = at > 0 ? at : maxCharacters
    pieces.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

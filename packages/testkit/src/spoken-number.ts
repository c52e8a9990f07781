const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

/**
 * The whole numbers of an English transcript, in order. Speech recognition writes them in digits ("1,290"), in words
 * ("one hundred and twenty-nine") or mixed ("2 hundred"); decimals and ordinals are no whole numbers and left out.
 */
export function findSpokenNumbers(transcript: string): number[] {
  const words = transcript
    .toLowerCase()
    .replaceAll(/(\d),(?=\d{3}\b)/g, '$1')
    .replaceAll(/[$€£](?=\d)/g, '')
    .split(/[^a-z0-9.]+/)
    .map((word) => ({ text: word.replace(/\.+$/, ''), endsSentence: word.endsWith('.') }))
    .filter(({ text }) => text !== '')
  const found: number[] = []
  let thousands = 0
  let below: number | undefined
  /** How large the next word must stay to belong to the same number: "twenty nine", but not "nine twenty". */
  let room = Number.POSITIVE_INFINITY
  const finish = () => {
    if (below !== undefined) found.push(thousands + below)
    thousands = 0
    below = undefined
    room = Number.POSITIVE_INFINITY
  }
  for (const [index, { text, endsSentence }] of words.entries()) {
    const value = toValue(text)
    if (value !== undefined) {
      if (value >= room || (below !== undefined && value === 0)) finish()
      below = (below ?? 0) + value
      room = roomAfter(value)
    } else if (text === 'hundred' && below !== undefined && below > 0 && below < 100) {
      below *= 100
      room = 100
    } else if (text === 'thousand' && below !== undefined && thousands === 0) {
      thousands = below * 1000
      below = 0
      room = 1000
    } else if (
      text !== 'and' ||
      toValue(words[index + 1]?.text ?? '') === undefined ||
      room > 1000
    ) {
      finish()
    }
    if (endsSentence) finish()
  }
  finish()
  return found
}

function toValue(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word)
  const unit = units.indexOf(word)
  if (unit >= 0) return unit
  const ten = tens.indexOf(word)
  return ten >= 0 ? (ten + 2) * 10 : undefined
}

/** After "twenty" a unit may follow, after "nine" nothing, before "hundred" is said. */
function roomAfter(value: number): number {
  if (value >= 20 && value < 100 && value % 10 === 0) return 10
  if (value >= 100 && value < 1000 && value % 100 === 0) return 100
  return 0
}

const currencies: Readonly<Record<string, string>> = { '€': 'euros', '£': 'pounds', $: 'dollars' }
const replacements: readonly (readonly [RegExp, string])[] = [
  [/<[^>]*>/g, ' '],
  [/[‘’‛]/g, "'"],
  [/[“”„«»]/g, '"'],
  [/\s*[–—]\s*/g, ', '],
  [/…/g, '...'],
  [/&/g, ' and '],
  [/%/g, ' percent'],
  [/ß/g, 'ss'],
  [/[æÆ]/g, 'ae'],
  [/[øØ]/g, 'o'],
]

/** English text as flite can read it: ASCII, with amounts of money in the order in which they are spoken. */
export function toSpokenAscii(text: string): string {
  let spoken = text
    .replace(
      /([€£$])\s?(\d[\d,]*)(?:\.(\d\d))?(?!\d)/g,
      (_, symbol: string, whole: string, cents?: string) => amount(whole, cents, symbol),
    )
    .replace(
      /(\d[\d,]*)(?:\.(\d\d))?\s?([€£])/g,
      (_, whole: string, cents: string | undefined, symbol: string) => amount(whole, cents, symbol),
    )
    .replace(
      /(\d[\d,]*)\.(\d\d) (euros|pounds|dollars|EUR|GBP|USD)\b/g,
      (_, whole: string, cents: string, unit: string) =>
        cents === '00' ? `${whole} ${unit}` : `${whole} ${unit} ${cents}`,
    )
    .replace(/\bEUR\b/g, 'euros')
  for (const [pattern, replacement] of replacements) spoken = spoken.replace(pattern, replacement)
  return spoken
    .normalize('NFD')
    .replace(/[^\x20-\x7e\s]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function amount(whole: string, cents: string | undefined, symbol: string): string {
  const unit = currencies[symbol] ?? ''
  return cents === undefined || cents === '00' ? `${whole} ${unit}` : `${whole} ${unit} ${cents}`
}

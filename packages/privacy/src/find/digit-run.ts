import { readNumber } from '../read-number.ts'
import { hasRole, type Token } from '../tokenize.ts'

export interface DigitRun {
  readonly digits: string
  readonly from: number
  /** Index of the token after the run. */
  readonly next: number
  readonly hasPlus: boolean
  /** Every part is one spoken figure, or a repeated one. */
  readonly isDictated: boolean
  /** Where a comma parts figures that are not dictated, as in a list of prices. */
  readonly hasList: boolean
}

const maxTokens = 80
const plus = /^(\+|plus|mas|piu|प्लस)$/
const signs = /^[-–—‐‑.,/()+'·]$/

/** Figures that belong together: with spaces, hyphens, brackets and pauses between them. */
export function readDigitRun(tokens: readonly Token[], at: number): DigitRun | undefined {
  const opening = tokens[at]
  const hasPlus = plus.test(opening?.text ?? '')
  const from = opening?.text === '(' || hasPlus ? at + 1 : at
  let position = tokens[from]?.text === '(' ? from + 1 : from
  let next = at
  let digits = ''
  let isDictated = true
  let hasList = false
  while (position < at + maxTokens) {
    const number = readNumber(tokens, position)
    if (!number) break
    digits += number.digits
    if (!number.isSpoken || (/^[1-9]\d/.test(number.digits) && !isRepeated(number.digits))) {
      isDictated = false
    }
    next = number.next
    const { to, hasComma } = skipBetween(tokens, next)
    position = to
    hasList ||= hasComma && !number.isSpoken && number.digits.length < 3 && position > next
  }
  return digits === '' ? undefined : { digits, from: at, next, hasPlus, isDictated, hasList }
}

function isRepeated(digits: string): boolean {
  return digits.replaceAll(digits[0] ?? '', '') === ''
}

/** Up to three signs, or one or two words that mean a pause. */
function skipBetween(tokens: readonly Token[], at: number): { to: number; hasComma: boolean } {
  let to = at
  let hasComma = false
  while (to < at + 3) {
    const token = tokens[to]
    const isSign = token?.kind === 'sign' && signs.test(token.text)
    if (!isSign && !hasRole(token, 'pause') && !hasRole(token, 'dash')) break
    hasComma ||= token?.text === ','
    to += 1
  }
  return { to, hasComma }
}

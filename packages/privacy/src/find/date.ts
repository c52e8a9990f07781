import { readNumber } from '../read-number.ts'
import { hasRole, type Token } from '../tokenize.ts'

export interface ReadDate {
  /** Index of the token after the date. */
  readonly next: number
  readonly hasMonth: boolean
  readonly numbers: readonly number[]
  /** Joined by full stops, slashes or hyphens, day, month and year. */
  readonly isWritten: boolean
}

const maxTokens = 14
const ordinalFigure = /^(\d{1,2})(st|nd|rd|th|er|e|o|a)$/

/** Day, month and year that begin at a token, in any order, as figures or as words. */
export function readDate(tokens: readonly Token[], at: number): ReadDate | undefined {
  const numbers: number[] = []
  let hasMonth = false
  let signs = 0
  let next = at
  let position = at
  while (position < at + maxTokens) {
    const token = tokens[position]
    if (token === undefined) break
    const ordinal = token.kind === 'mixed' ? ordinalFigure.exec(token.text)?.[1] : undefined
    const number = readNumber(tokens, position)
    if (hasRole(token, 'month') && !hasMonth) {
      hasMonth = true
      position += 1
      next = position
    } else if (ordinal !== undefined) {
      numbers.push(Number(ordinal))
      position += 1
      next = position
    } else if (number) {
      if (number.digits.length > 8) break
      numbers.push(Number(number.digits))
      position = number.next
      next = position
      if (numbers.length === 3 && signs >= 2) break // another date may follow
    } else if (position > at && isGlue(token)) {
      if (/^[./-]$/.test(token.text)) signs += 1
      position += 1
    } else break
  }
  if (numbers.length === 0) return undefined
  return { next, hasMonth, numbers, isWritten: numbers.length === 3 && signs >= 2 }
}

function isGlue(token: Token): boolean {
  return token.kind === 'sign' ? /^[.,/-]$/.test(token.text) : hasRole(token, 'glue')
}

/** The year, four figures or two pairs ("nineteen seventy eight"). */
export function yearOf({ numbers }: ReadDate): number | undefined {
  const year = numbers.find((number) => number >= 1000 && number < 3000)
  if (year !== undefined) return year
  const pair = numbers.findIndex((number, index) => number === 19 && index > 0)
  const rest = numbers[pair + 1]
  return pair > 0 && rest !== undefined && rest < 100 ? 1900 + rest : undefined
}

import { hasRole, type Token } from './tokenize.ts'

export interface ReadNumber {
  /** ASCII digits. */
  readonly digits: string
  /** Index of the token after it. */
  readonly next: number
  readonly isSpoken: boolean
}

/** The number that begins at a token: figures, a number word, several that make one, or "double seven". */
export function readNumber(tokens: readonly Token[], at: number): ReadNumber | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  if (token.kind === 'digits') return { digits: token.text, next: at + 1, isSpoken: false }
  const times = hasRole(token, 'double') ? 2 : hasRole(token, 'triple') ? 3 : 0
  if (times > 0) {
    const repeated = tokens[at + 1]
    const digit = repeated?.kind === 'digits' ? repeated.text : repeated?.word?.value?.toString()
    if (digit?.length === 1) return { digits: digit.repeat(times), next: at + 2, isSpoken: true }
  }
  const hundreds = belowThousand(tokens, at)
  if (hundreds === undefined && !hasRole(token, 'thousand')) return undefined
  const { value, next } = hundreds ?? { value: 1, next: at }
  if (value === 0 || !hasRole(tokens[next], 'thousand')) {
    return { digits: String(value), next, isSpoken: true }
  }
  const rest = belowThousand(tokens, afterAnd(tokens, next + 1))
  const total = value * 1000 + (rest?.value ?? 0)
  return { digits: String(total), next: rest?.next ?? next + 1, isSpoken: true }
}

function belowThousand(
  tokens: readonly Token[],
  at: number,
): { value: number; next: number } | undefined {
  const small = belowHundred(tokens, at)
  if (small === undefined && !hasRole(tokens[at], 'hundred')) return undefined
  const { value, next } = small ?? { value: 1, next: at }
  const isHundred = value > 0 && hasRole(tokens[next], 'hundred')
  const hundreds = isHundred ? value * 100 : value
  const after = isHundred ? next + 1 : next
  if (hundreds < 100 || hundreds % 100 !== 0) return { value: hundreds, next: after }
  const rest = belowHundred(tokens, afterAnd(tokens, after))
  const fits = rest !== undefined && rest.value < 100
  return fits ? { value: hundreds + rest.value, next: rest.next } : { value: hundreds, next: after }
}

function afterAnd(tokens: readonly Token[], at: number): number {
  return hasRole(tokens[at], 'and') ? at + 1 : at
}

function belowHundred(
  tokens: readonly Token[],
  at: number,
): { value: number; next: number } | undefined {
  const token = tokens[at]
  const value = token?.word?.value
  if (token === undefined || value === undefined || hasRole(token, 'ordinal')) {
    return value === undefined ? undefined : { value, next: at + 1 }
  }
  // French counts on from 60 and 80 to 19, and says 80 as "four twenty".
  const isFourTwenty =
    token.text === 'quatre' && /^vingts?$/.test(skipHyphen(tokens, at + 1)?.text ?? '')
  if (isFourTwenty)
    return addRest(tokens, { value: 80, next: indexAfter(tokens, at + 1), upTo: 19 })
  if (token.text === 'soixante') return addRest(tokens, { value: 60, next: at + 1, upTo: 19 })
  if (token.text === 'dix') return addRest(tokens, { value: 10, next: at + 1, from: 7, upTo: 9 })
  if (value >= 20 && value < 100 && value % 10 === 0) {
    return addRest(tokens, { value, next: at + 1, upTo: 9 })
  }
  return { value, next: at + 1 }
}

function skipHyphen(tokens: readonly Token[], at: number): Token | undefined {
  return tokens[at]?.text === '-' ? tokens[at + 1] : tokens[at]
}

function indexAfter(tokens: readonly Token[], at: number): number {
  return tokens[at]?.text === '-' ? at + 2 : at + 1
}

function addRest(
  tokens: readonly Token[],
  { value, next, from = 1, upTo }: { value: number; next: number; from?: number; upTo: number },
): { value: number; next: number } {
  let at = next
  if (tokens[at]?.text === '-') at += 1
  at = afterAnd(tokens, at)
  if (tokens[at]?.text === '-') at += 1
  const rest = tokens[at]
  const more = rest?.word?.value
  if (rest === undefined || more === undefined || more < from || more > upTo) return { value, next }
  if (more === 10 && upTo === 19) {
    const unit = addRest(tokens, { value: 10, next: at + 1, from: 7, upTo: 9 })
    return { value: value + unit.value, next: unit.next }
  }
  return { value: value + more, next: at + 1 }
}

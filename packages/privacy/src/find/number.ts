import type { PiiCategory } from '../category.ts'
import { isLuhn } from '../checksum.ts'
import { hasRole, type Token } from '../tokenize.ts'
import type { DigitRun } from './digit-run.ts'

/** Figures that follow an announcement are taken from this many on. */
const minAfterContext: Readonly<Partial<Record<PiiCategory, number>>> = {
  ...{ card: 3, iban: 8, phone: 5, passport: 5, id: 4, confirmation: 4 },
}
const cardLengths = { min: 13, max: 19 }
/** E.164 allows 15 figures. */
const phoneLengths = { min: 9, max: 15 }

/** What a run of figures is, by its check, its shape and what was announced; undefined when nothing personal. */
export function classifyRun(
  run: DigitRun,
  { context, tokens }: { context: PiiCategory | undefined; tokens: readonly Token[] },
): PiiCategory | undefined {
  const { digits, next } = run
  if (holdsCard(digits)) return 'card'
  const min = context === undefined ? undefined : minAfterContext[context]
  const isAmount = hasRole(tokens[next], 'unit') || isCurrency(tokens[next])
  if (isAmount && digits.length < cardLengths.min) return undefined
  if (context !== undefined && min !== undefined && digits.length >= min) return context
  if (isIdentifier(tokens, run) || run.hasList) return undefined
  const isInternational = (run.hasPlus || digits.startsWith('00')) && digits.length >= 8
  const isNational = digits.startsWith('0') && digits.length >= 8
  const isLong = digits.length >= phoneLengths.min
  if (digits.length <= phoneLengths.max && (isInternational || isNational || isLong)) return 'phone'
  if (digits.length === 16 && digits.startsWith('0')) return 'phone'
  if (run.isDictated && digits.length >= 7) return 'phone'
  return digits.length > phoneLengths.max ? 'id' : undefined
}

function isCurrency(token: Token | undefined): boolean {
  return token?.kind === 'sign' && /^[€$£₹%°]$/.test(token.text)
}

/** Also when the expiry date and the check number were read out with it. */
export function holdsCard(digits: string): boolean {
  const { min, max } = cardLengths
  if (digits.length < min) return false
  const lastStart = Math.min(digits.length - min, 40)
  for (let start = 0; start <= lastStart; start += 1) {
    if (digits[start] === '0' || digits[start] === '1') continue // no issuer of payment cards
    for (let length = max; length >= min; length -= 1) {
      const isWhole = start === 0 && length === digits.length
      const isUsual = length === 16 || (length === 15 && /^3[47]/.test(digits.slice(start)))
      if (start + length > digits.length || !(isWhole || isUsual)) continue
      if (isLuhn(digits.slice(start, start + length))) return true
    }
  }
  return false
}

/** Part of a technical name ("call-4932…", a UUID), not something a caller said. */
function isIdentifier(tokens: readonly Token[], { from, next }: DigitRun): boolean {
  const isGlued = (left: Token | undefined, right: Token | undefined) =>
    left !== undefined && right !== undefined && left.end === right.start
  const joint = tokens[from - 1]
  const before = tokens[from - 2]
  const isAfterName =
    isGlued(joint, tokens[from]) &&
    isGlued(before, joint) &&
    /^[-_:.=/#]$/.test(joint?.text ?? '') &&
    before?.kind !== 'sign'
  const after = tokens[next]
  const isBeforeName =
    isGlued(tokens[next - 1], after) && after?.kind === 'sign' && /^[-_]$/.test(after.text)
  return isAfterName || isBeforeName
}

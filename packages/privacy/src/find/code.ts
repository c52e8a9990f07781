import { isIban } from '../checksum.ts'
import { readNumber } from '../read-number.ts'
import { hasRole, type Token } from '../tokenize.ts'
import { readDigitRun } from './digit-run.ts'
import { holdsCard } from './number.ts'

export interface Code {
  /** Upper-case letters and figures. */
  readonly text: string
  /** Index of the token after it. */
  readonly next: number
}

const maxLength = 40
const signs = /^[-–—‐‑./]$/
const shortLetters = /^[A-Z]{1,6}$/
const spelled = /^[\p{L}]\p{M}*$/u

/**
 * Letters and figures that belong together, as in a passport's or a booking's number: spelled letters, figures,
 * "C01X00T47", groups in capitals.
 */
export function readCode(tokens: readonly Token[], at: number): Code | undefined {
  let text = ''
  let next = at
  let position = at
  while (text.length < maxLength) {
    const part = readPart(tokens, position)
    if (!part) break
    text += part.text
    next = part.next
    position = part.next
    while (position < next + 2 && isBetween(tokens[position])) position += 1
  }
  return text === '' ? undefined : { text, next }
}

function isBetween(token: Token | undefined): boolean {
  if (token?.raw.length === 1 && token.kind === 'word') return false // "y" and "e" are letters here
  return (
    (token?.kind === 'sign' && signs.test(token.text)) ||
    hasRole(token, 'pause') ||
    hasRole(token, 'dash')
  )
}

function readPart(tokens: readonly Token[], at: number): Code | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  const number = readNumber(tokens, at)
  if (number) return { text: number.digits, next: number.next }
  if (token.kind === 'mixed') return { text: token.text.toUpperCase(), next: at + 1 }
  if (token.kind !== 'word') return undefined
  if (hasRole(token, 'double') && spelled.test(tokens[at + 1]?.raw ?? '')) {
    return { text: (tokens[at + 1]?.text ?? '').repeat(2).toUpperCase(), next: at + 2 }
  }
  if (spelled.test(token.raw)) return { text: token.text.toUpperCase(), next: at + 1 }
  return shortLetters.test(token.raw) ? { text: token.raw, next: at + 1 } : undefined
}

const ibanStart = /^[a-z]{2}(\d\d|$)/

/** The IBAN that begins at a token, as written or as spoken. Its check must hold. */
export function readIban(tokens: readonly Token[], at: number): Code | undefined {
  const first = tokens[at]
  if (first === undefined || (first.kind !== 'mixed' && first.kind !== 'word')) return undefined
  if (hasRole(first, 'ordinary') && isCardAt(tokens, at + 1)) return undefined
  const isSpelled = first.text.length === 1
  if (!isSpelled && !ibanStart.test(first.text)) return undefined
  let text = ''
  let position = at
  let found: Code | undefined
  while (text.length < 34) {
    const token = tokens[position]
    const number = readNumber(tokens, position)
    if (number) {
      text += number.digits
      position = number.next
    } else if (token?.kind === 'mixed' || isBankLetters(token, text)) {
      text += token?.text.toUpperCase()
      position += 1
    } else break
    if (text.length >= 2 && !/^[A-Z]{2}\d{0,2}/.test(text)) return undefined
    if (text.length >= 4 && !/^[A-Z]{2}\d{2}/.test(text)) return undefined
    if (isIban(text)) found = { text, next: position }
    let skipped = 0
    while (skipped < 2 && isBetween(tokens[position])) {
      position += 1
      skipped += 1
    }
  }
  return found
}

/** "it will be six seven…": the word before a card's number is no country. */
function isCardAt(tokens: readonly Token[], at: number): boolean {
  const run = readDigitRun(tokens, at)
  return run !== undefined && holdsCard(run.digits)
}

/** The country's two letters, spelled ones, and the four of a British or Dutch bank. */
function isBankLetters(token: Token | undefined, before: string): boolean {
  if (token?.kind !== 'word' || !/^[a-z]+$/.test(token.text)) return false
  const { length } = token.text
  return length === 1 || (length === 2 && before === '') || (length === 4 && before.length === 4)
}

import { readNumber } from '../read-number.ts'
import { hasRole, type Token } from '../tokenize.ts'
import { readDigitRun } from './digit-run.ts'

/** The number of a room after the word for it: "room 214", "zimmer nummer zwei eins vier". Index after it. */
export function findRoomNumber(
  tokens: readonly Token[],
  at: number,
): { from: number; to: number } | undefined {
  if (!hasRole(tokens[at], 'room')) return undefined
  let from = at + 1
  let isNumbered = false
  while (from < at + 5) {
    const token = tokens[from]
    if (hasRole(token, 'number')) isNumbered = true
    else if (!(isNumbered && hasRole(token, 'glue')) && !isBetween(token, isNumbered)) break
    from += 1
  }
  const first = readNumber(tokens, from)
  const run = first ? readDigitRun(tokens, from) : undefined
  if (!first || !run) return undefined
  const isShort = run.digits.length < 3
  const to = run.digits.length > 5 ? first.next : run.next
  const follows = tokens[to]
  if (hasRole(follows, 'unit') || (follows?.kind === 'sign' && /^[€$£₹%:]$/.test(follows.text))) {
    return undefined
  }
  // "room 2" without more is as often two rooms, or the end of a list.
  return isShort && !isNumbered && !hasRole(tokens[at - 1], 'glue') ? undefined : { from, to }
}

function isBetween(token: Token | undefined, isNumbered: boolean): boolean {
  if (token?.kind === 'sign') return /^[.:#°º]$/.test(token.text)
  return (
    isNumbered && (hasRole(token, 'pause') || hasRole(token, 'name-ends') || token?.text === 'is')
  )
}

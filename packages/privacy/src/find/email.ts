import type { Span } from '../span.ts'
import { hasRole, phraseEnding, type Token } from '../tokenize.ts'

/** The tokens an address may be long on either side; longer ones are cut, so that the work stays linear. */
const maxSide = 40
/** Ends of addresses that are spoken; a written address may end with anything. */
const spokenEnds = new Set([
  ...['com', 'net', 'org', 'de', 'at', 'ch', 'fr', 'be', 'es', 'it', 'in', 'uk', 'eu', 'ie', 'nl'],
  ...['co', 'io', 'info', 'biz', 'edu', 'gov', 'us', 'ca', 'au', 'mx', 'ar', 'pt', 'lu', 'hotel'],
  ...['कॉम', 'इन', 'नेट', 'ऑर्ग', 'को', 'ओआरजी', 'जीओवी', 'यूके', 'डीई'],
])
const writtenLocal = /^[._%+'’-]$/
const writtenDomain = /^[.-]$/

/** Addresses as written and as spoken ("jane dot doe at example dot com"). */
export function findEmails(tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  let free = 0
  for (const [at, token] of tokens.entries()) {
    if (at < free) continue
    const isWritten = token.text === '@'
    const phrase = isWritten ? { from: at } : phraseEnding(tokens, at, 'at')
    if (phrase === undefined) continue
    const to = (isWritten ? writtenEnd(tokens, at + 1) : undefined) ?? spokenEnd(tokens, at + 1)
    if (to === undefined) continue
    const isGlued = isWritten && tokens[at - 1]?.end === token.start
    const from = isGlued ? writtenStart(tokens, at, free) : spokenStart(tokens, phrase.from, free)
    if (from === undefined) continue
    spans.push({ from, to, category: 'email' })
    free = to
  }
  return spans
}

type Part = Token & { readonly kind: 'word' | 'digits' | 'mixed' }

function isPart(token: Token | undefined): token is Part {
  return token !== undefined && token.kind !== 'sign'
}

function writtenStart(tokens: readonly Token[], at: number, free: number): number {
  let from = at
  while (from > free && at - from < maxSide) {
    const previous = tokens[from - 1]
    if (previous?.end !== tokens[from]?.start) break
    if (!isPart(previous) && !writtenLocal.test(previous?.text ?? '')) break
    from -= 1
  }
  return from
}

function writtenEnd(tokens: readonly Token[], at: number): number | undefined {
  let to = at
  let end: number | undefined
  let hasDot = false
  while (to - at < maxSide && tokens[to] !== undefined) {
    const token = tokens[to]
    if (to > at && token?.start !== tokens[to - 1]?.end) break
    if (isPart(token)) {
      if (hasDot) end = to + 1
    } else if (writtenDomain.test(token?.text ?? '')) {
      hasDot ||= token?.text === '.'
    } else break
    to += 1
  }
  return end
}

/** Up to three words, a dot, and an end that is one; more of them may follow ("dot co dot uk"). */
function spokenEnd(tokens: readonly Token[], at: number): number | undefined {
  for (let dot = at + 1; dot <= at + 5; dot += 1) {
    const isAfterDot = endOfJoint(tokens, dot, 'dot')
    if (isAfterDot === undefined) {
      if (!isPart(tokens[dot]) && tokens[dot]?.text !== '-') return undefined
      continue
    }
    const last = tokens[isAfterDot]
    if (!isPart(last)) return undefined
    if (spokenEnds.has(last.text)) {
      const more = endOfJoint(tokens, isAfterDot + 1, 'dot')
      const country = more === undefined ? undefined : tokens[more]
      const isLonger = more !== undefined && country && spokenEnds.has(country.text)
      return isLonger ? more + 1 : isAfterDot + 1
    }
  }
  return undefined
}

/** Index after a joint that begins at a token; "." counts as a dot. */
function endOfJoint(
  tokens: readonly Token[],
  at: number,
  role: 'dot' | 'dash' | 'underscore',
): number | undefined {
  const sign = role === 'dot' ? '.' : role === 'dash' ? '-' : '_'
  if (tokens[at]?.text === sign || hasRole(tokens[at], role)) return at + 1
  for (let last = at + 1; last < at + 3; last += 1) {
    const isPhrase = tokens[last]?.ends.some(
      ({ phrase, from }) => from === at && phrase.roles.has(role),
    )
    if (isPhrase) return last + 1
  }
  return undefined
}

function spokenStart(tokens: readonly Token[], at: number, free: number): number | undefined {
  let from = at - 1
  const first = tokens[from]
  if (from < free || !isPart(first)) return undefined
  const isWord = hasRole(first, 'ordinary') && first.word?.value === undefined
  if (isWord && startOfJoint(tokens, from - 1) === undefined) return undefined
  while (from > free && at - from < maxSide) {
    const joint = startOfJoint(tokens, from - 1)
    if (joint !== undefined && joint - 1 >= free && isPart(tokens[joint - 1])) {
      from = joint - 1
      continue
    }
    const previous = tokens[from - 1]
    if (!isPart(previous) || !belongs(previous, tokens[from])) break
    from -= 1
  }
  return announcedStart(tokens, from, free)
}

/** Letters and figures are spelled one by one; a name may stand before its figures. */
function belongs(previous: Token, next: Token | undefined): boolean {
  const isSpelled = (token: Token | undefined) =>
    token?.raw.length === 1 || token?.kind === 'digits' || token?.word?.value !== undefined
  if (hasRole(previous, 'double') || hasRole(previous, 'triple')) return true
  if (isSpelled(previous) && isSpelled(next)) {
    return previous.word?.value !== undefined || !hasRole(previous, 'ordinary')
  }
  return isSpelled(next) && previous.word === undefined
}

function startOfJoint(tokens: readonly Token[], at: number): number | undefined {
  const sign = tokens[at]?.text ?? ''
  if (sign === '.' || sign === '-' || sign === '_' || sign === '+' || sign === 'plus') return at
  const isInside =
    tokens[at]?.start === tokens[at - 1]?.end && tokens[at]?.end === tokens[at + 1]?.start
  if (isInside && /^['’]$/.test(sign)) return at
  for (const role of ['dot', 'dash', 'underscore'] as const) {
    const phrase = phraseEnding(tokens, at, role)
    if (phrase) return phrase.from
  }
  return undefined
}

/** All that was said after "my email is" belongs to the address: a recogniser may have cut a name in two. */
function announcedStart(tokens: readonly Token[], from: number, free: number): number {
  for (let at = from - 1; at >= Math.max(free, from - 6); at -= 1) {
    const token = tokens[at]
    if (token?.ends.some(({ phrase }) => phrase.context === 'email')) return from - (from - at - 1)
    if (token?.kind === 'sign' || hasRole(token, 'ordinary')) return from
  }
  return from
}

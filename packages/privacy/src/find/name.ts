import { hasRole, phraseEnding, type Token } from '../tokenize.ts'

export interface Name {
  readonly from: number
  /** Index of the token after it. */
  readonly to: number
}

const maxWords = 4
const joints = /^[-'’‐]$/
const capital = /^\p{Lu}/u
const letter = /^\p{L}\p{M}*$/u

export interface NameOptions {
  /** The text has capitals in places where only names have them. */
  readonly isCased: boolean
}

/** The name that the words ending at a token announce, if any. */
export function findName(
  tokens: readonly Token[],
  at: number,
  { isCased }: NameOptions,
): Name | undefined {
  if (phraseEnding(tokens, at, 'name-is')) {
    const name = readName(tokens, skipPause(tokens, at + 1), { isCased: false })
    if (name) return name
  }
  const before = phraseEnding(tokens, at, 'name-before')
  if (before) {
    const name = readNameBefore(tokens, before.from)
    if (name) return name
  }
  if (phraseEnding(tokens, at, 'title') && !hasRole(tokens[at - 1], 'not-before-title')) {
    const next = tokens[at + 1]?.text === '.' ? at + 2 : at + 1
    return readName(tokens, next, { isCased })
  }
  const weak = phraseEnding(tokens, at, 'may-be-name')
  if (weak === undefined) return undefined
  const name = readName(tokens, skipPause(tokens, at + 1), { isCased })
  if (name === undefined) return undefined
  const greeted =
    phraseEnding(tokens, weak.from - 1, 'greeting') !== undefined ||
    hasRole(tokens[name.to], 'greeting')
  const isClosed = startsPhrase(tokens, name.to, 'name-ends')
  return isCased || greeted || isClosed ? name : undefined
}

/** Four letters or more, spelled one by one. */
export function readSpelledName(tokens: readonly Token[], at: number): Name | undefined {
  let to = at
  let letters = 0
  while (to < at + 60) {
    const token = tokens[to]
    if (token?.kind === 'word' && letter.test(token.raw)) letters += 1
    else if (!hasRole(token, 'double') && !(letters > 0 && /^[-,.]$/.test(token?.text ?? ''))) break
    to += 1
  }
  while (to > at && tokens[to - 1]?.kind === 'sign') to -= 1
  return letters >= 4 ? { from: at, to } : undefined
}

function skipPause(tokens: readonly Token[], at: number): number {
  let next = at
  while (
    next < at + 3 &&
    (hasRole(tokens[next], 'pause') ||
      hasRole(tokens[next], 'title') ||
      /^[:,.]$/.test(tokens[next]?.text ?? ''))
  ) {
    next += 1
  }
  return next
}

function readName(
  tokens: readonly Token[],
  at: number,
  { isCased }: NameOptions,
): Name | undefined {
  let to = at
  let end = at
  let words = 0
  while (words < maxWords) {
    const token = tokens[to]
    if (token === undefined) break
    if (token.kind === 'sign') {
      const isJoint = joints.test(token.text) && token.start === tokens[to - 1]?.end
      if (!isJoint || words === 0 || tokens[to + 1]?.start !== token.end) break
      to += 1
      continue
    }
    const isParticle = hasRole(token, 'particle')
    if (!isParticle && !canBeName(token, { isFirst: words === 0 })) break
    if (isCased && !isParticle && !capital.test(token.raw)) break
    to += 1
    if (!isParticle) {
      end = to
      words += 1
    }
  }
  return words === 0 ? undefined : { from: at, to: end }
}

/** A month can be a first name (April, June); a word of the language cannot. */
function canBeName({ kind, word }: Token, { isFirst }: { isFirst: boolean }): boolean {
  if (kind !== 'word') return false
  if (word === undefined || word.roles.size === 0) return word?.value === undefined
  return isFirst && word.roles.has('month') && !word.roles.has('ordinary')
}

function readNameBefore(tokens: readonly Token[], at: number): Name | undefined {
  let from = at
  while (from > 0 && at - from < 2 && canBeName(tokens[from - 1] ?? sign, { isFirst: false })) {
    from -= 1
  }
  return from < at ? { from, to: at } : undefined
}

const sign: Token = {
  ...{ kind: 'sign', start: 0, end: 0, raw: '', text: '', word: undefined, ends: [] },
}

function startsPhrase(tokens: readonly Token[], at: number, role: 'name-ends'): boolean {
  if (hasRole(tokens[at], role)) return true
  return [1, 2, 3].some((more) =>
    tokens[at + more]?.ends.some(({ phrase, from }) => from === at && phrase.roles.has(role)),
  )
}

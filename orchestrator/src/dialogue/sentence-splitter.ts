import { isSentenceEnd } from './sentence-end.ts'

/** A first piece must have this many words before it may end at a comma or dash. */
const minFirstWords = 4
/** Longer text without an end of a sentence is cut at a comma or a space; characters. */
const maxPiece = 300

export interface SentenceSplitter {
  /** The sentences that are complete with this text, in order. */
  push(text: string): readonly string[]
  /** What is left. */
  flush(): readonly string[]
}

/**
 * Cuts streamed text into what can be spoken: the first piece of a turn as early as a clause is complete, so that
 * the caller hears something soon, whole sentences after that, so that they sound right.
 */
export function createSentenceSplitter({ language }: { language: string }): SentenceSplitter {
  let buffer = ''
  let isFirst = true
  const take = (end: number): string => {
    const piece = buffer.slice(0, end).trim()
    buffer = buffer.slice(end)
    if (piece !== '') isFirst = false
    return piece
  }
  const takeAll = (isLast: boolean): readonly string[] => {
    const pieces: string[] = []
    for (;;) {
      const end = findEnd(buffer, { isFirst, language })
      if (end === undefined) break
      pieces.push(take(end))
    }
    if (isLast) pieces.push(take(buffer.length))
    return pieces.filter((piece) => piece !== '')
  }
  return {
    push(text) {
      buffer += text
      return takeAll(false)
    },
    flush: () => takeAll(true),
  }
}

function findEnd(
  text: string,
  { isFirst, language }: { isFirst: boolean; language: string },
): number | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\n' && text.slice(0, at).trim() !== '') return at + 1
    if (/[.!?…।॥。！？]/.test(character)) {
      const ends = isEndMark(text, { at, language })
      if (ends === undefined) return undefined // more text will tell
      if (ends) return at + 1 + (/^["'”’»)\]]+/.exec(text.slice(at + 1))?.[0].length ?? 0)
    }
    if (isFirst && isClauseEnd(text, at) && countWords(text.slice(0, at)) >= minFirstWords) {
      return at + 1
    }
  }
  return text.length > maxPiece ? findCut(text) : undefined
}

function isEndMark(
  text: string,
  { at, language }: { at: number; language: string },
): boolean | undefined {
  const character = text.charAt(at)
  if (character === '.') return isSentenceEnd(text, { at, language })
  if (/[।॥。！？]/.test(character)) return true
  const after = text.slice(at + 1).replace(/^["'”’»)\]]+/, '')
  // "?!" and "..." are one end, at their last mark.
  if (/^[.!?…]/.test(after)) return false
  return after === '' ? undefined : /^\s/.test(after)
}

/** A comma, semicolon, colon or dash with space after it: "1,000" and "check-in" have none. */
function isClauseEnd(text: string, at: number): boolean {
  const character = text.charAt(at)
  if (/[,;:]/.test(character)) return /^\s/.test(text.slice(at + 1))
  if (/[–—-]/.test(character))
    return /\s$/.test(text.slice(0, at)) && /^\s/.test(text.slice(at + 1))
  return character === '—'
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function findCut(text: string): number {
  const head = text.slice(0, maxPiece)
  const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '))
  if (comma > maxPiece / 2) return comma + 1
  const space = head.lastIndexOf(' ')
  return space > 0 ? space + 1 : maxPiece
}

import { type Line, lineLanguage, type NoticeKind } from '@trunkline/contracts'
import { noticeWords } from './notice-words.ts'

/**
 * What the caller is told before the line hangs up, in a language the line speaks: the line file's words, else ours.
 * @param language the caller's, when it is known (BCP 47); the line's default language otherwise
 */
export function toNotice(
  kind: NoticeKind,
  { line, language = line.defaultLanguage }: { line: Line; language?: string | undefined },
): string {
  const wanted = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  const isSpoken = wanted.success && line.languages[wanted.data] !== undefined
  const spoken = isSpoken ? wanted.data : line.defaultLanguage
  return line.languages[spoken]?.notices[kind] ?? noticeWords[kind][spoken]
}

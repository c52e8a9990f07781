/**
 * The words of `text` that were wholly played after `playedMs` of `totalMs` of its audio, taking every character to
 * last equally long. A word that was begun but not finished was not heard.
 */
export function wordsHeard(
  text: string,
  { playedMs, totalMs, language }: { playedMs: number; totalMs: number; language: string },
): string {
  if (playedMs <= 0 || totalMs <= 0) return ''
  if (playedMs >= totalMs) return text
  const limit = (playedMs / totalMs) * text.length
  let heard = 0
  for (const { segment, index, isWordLike } of segmenter(language).segment(text)) {
    const end = index + segment.length
    if (end > limit) break
    if (isWordLike) heard = end
  }
  return text.slice(0, heard)
}

function segmenter(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'word' })
  } catch {
    // RangeError: not a language tag; words are still found by white space
    return new Intl.Segmenter('en', { granularity: 'word' })
  }
}

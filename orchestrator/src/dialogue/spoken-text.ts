/**
 * Text as a voice should get it: no markdown, no emoji, one line. Empty when nothing is left to be said.
 */
export function toSpokenText(text: string): string {
  const plain = text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1') // links and pictures: their text
    .replaceAll(/^[ \t]*(?:#{1,6}|>|[-*+•])[ \t]+/gm, '') // headings, quotes, list marks
    .replaceAll(/^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$/gm, '') // rules
    .replaceAll(/[*`~]+/g, '')
    .replaceAll(/(^|[\s(])_+(?=\S)|(?<=\S)_+(?=$|[\s).,!?])/g, '$1') // emphasis, not snake_case
    .replaceAll(/[ \t]*\|[ \t]*/g, ', ') // table cells
    .replaceAll(
      /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier})[\uFE0F\u200D]*/gu,
      '',
    )
    .replaceAll(/\uFE0F|\u20E3/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ +([.,!?;:।])/g, '$1')
    .trim()
  return /[\p{L}\p{N}]/u.test(plain) ? plain : ''
}

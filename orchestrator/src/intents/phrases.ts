/**
 * A list as it is read aloud: of "thanks, thank you" it makes `['thanks', 'thank you']`. A comma or the end of a line
 * parts two phrases, so none can hold either.
 */
export function phrases([text = '']: TemplateStringsArray): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
}

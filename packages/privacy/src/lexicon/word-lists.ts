/**
 * A list as it is read aloud: of "phone, phone number" it makes `['phone', 'phone number']`. A comma or the end of a
 * line parts two phrases, so none can hold either.
 */
export function phrases([text = '']: TemplateStringsArray): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
}

/** A long list of single words, with nothing but space between them. */
export function words([text = '']: TemplateStringsArray): readonly string[] {
  return text.match(/\S+/g) ?? []
}

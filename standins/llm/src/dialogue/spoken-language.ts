import { type Language, languages } from '../language.ts'

const names: Readonly<Record<Language, string>> = {
  en: 'english|englisch',
  de: 'german|deutsch',
  fr: 'french|français|francais',
  es: 'spanish|español|espanol',
  it: 'italian|italiano',
  hi: 'hindi|हिन्दी|हिंदी',
}
const verbs =
  'sprache|langue|idioma|lingua|speaks?|talks?|answers?|reply|replies|respond|write|conversation is|antworte|sprich|réponds|parle|responde|habla|rispondi|parla'

/** The conversation's language as the system message has it; the last mention counts, English without one. */
export function readLanguage(system: string): Language {
  let best: { language: Language; at: number } = { language: 'en', at: -1 }
  for (const language of languages) {
    const named = new RegExp(
      `\\b(?:languages?|${verbs})\\b[^.\\n]{0,40}?(?:(?:${names[language]})|["'\`(:= ]${language}(?=["'\`).,;\\n-]|$))`,
      'giu',
    )
    for (const { index } of system.matchAll(named)) {
      if (index > best.at) best = { language, at: index }
    }
  }
  return best.language
}

import { english } from './lexicon/english.ts'
import { french } from './lexicon/french.ts'
import { german } from './lexicon/german.ts'
import { hindi } from './lexicon/hindi.ts'
import { italian } from './lexicon/italian.ts'
import { spanish } from './lexicon/spanish.ts'
import type { Lexicon } from './lexicon.ts'

export type RedactorLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'hi'

export const lexicons: Readonly<Record<RedactorLanguage, Lexicon>> = {
  ...{ en: english, de: german, fr: french, es: spanish, it: italian, hi: hindi },
}

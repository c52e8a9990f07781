import type { LineLanguage } from '@trunkline/contracts'
import { english } from './cues/english.ts'
import { french } from './cues/french.ts'
import { german } from './cues/german.ts'
import { hindi } from './cues/hindi.ts'
import { italian } from './cues/italian.ts'
import { spanish } from './cues/spanish.ts'
import type { LanguageCues } from './intent.ts'

export const cuesByLanguage: Readonly<Record<LineLanguage, LanguageCues>> = {
  ...{ en: english, de: german, fr: french, es: spanish, it: italian, hi: hindi },
}

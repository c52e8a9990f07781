import type { PiiCategory } from '../../src/index.ts'
import { english } from './frames/english.ts'
import { french } from './frames/french.ts'
import { german } from './frames/german.ts'
import { hindi } from './frames/hindi.ts'
import { italian } from './frames/italian.ts'
import { spanish } from './frames/spanish.ts'

/** Sentences around a value, by category. `@` is where the value stands. Written from how callers speak. */
export const frames: Readonly<Record<string, Readonly<Record<PiiCategory, readonly string[]>>>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  hi: hindi,
}

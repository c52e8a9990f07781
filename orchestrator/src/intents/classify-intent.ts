import { lineLanguage } from '@trunkline/contracts'
import { compileCues } from './compile-cues.ts'
import { cuesByLanguage } from './cues-by-language.ts'
import type { Intent } from './intent.ts'

/** Other words a sentence may hold and still be a goodbye when it ends with one: "till friday then bye". */
const wordsBesideFarewell = 3
/** The same for a greeting: "hello room twelve". */
const wordsBesideGreeting = 2
/** Longer than any utterance that a rule could tell apart; the rest of a longer one is not looked at. */
const maxCharacters = 600

export type ClassifyIntent = (text: string, language: string) => { readonly intent: Intent }

/**
 * Tells what the caller wants by rules: cheap (some microseconds), pure and without context. `end_call` is held
 * narrow, since a wrong one would cost a call: nothing of substance may be left in the sentence.
 * @param language of the words, as BCP 47; a language without rules is read as English
 */
export function createIntentClassifier(): ClassifyIntent {
  const compiled = {
    en: compileCues(cuesByLanguage.en),
    de: compileCues(cuesByLanguage.de),
    fr: compileCues(cuesByLanguage.fr),
    es: compileCues(cuesByLanguage.es),
    it: compileCues(cuesByLanguage.it),
    hi: compileCues(cuesByLanguage.hi),
  }
  return (text, language) => {
    const known = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
    const cues = compiled[known.success ? known.data : 'en']
    const speech = cues.normalize(text.slice(0, maxCharacters))
    if (cues.ended.test(speech)) {
      const others = countWords(speech.replace(cues.closing, ''))
      if (others === 0) return { intent: 'end_call' }
      const isPlain = !cues.kept.test(speech) && !cues.rules.some(({ cue }) => cue.test(speech))
      if (isPlain && others <= wordsBesideFarewell && cues.endsWithFarewell.test(speech)) {
        return { intent: 'end_call' }
      }
    }
    const isGreeting = cues.startsWithGreeting.test(speech)
    if (isGreeting && countWords(speech.replace(cues.greeting, '')) === 0) {
      return { intent: 'greeting' }
    }
    const rule = cues.rules.find(({ cue }) => cue.test(speech))
    if (rule) return { intent: rule.intent }
    if (isGreeting && countWords(speech.replace(cues.introduction, '')) <= wordsBesideGreeting) {
      return { intent: 'greeting' }
    }
    return { intent: 'unknown' }
  }
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0
}

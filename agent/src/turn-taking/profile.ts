import type { TurnTaking } from '@trunkline/contracts'
import { createVocabulary, type Vocabulary } from './words/vocabulary.ts'

/** A line's turn-taking in one language: its tunables, and what the language's words mean. */
export interface TurnTakingProfile extends TurnTaking {
  readonly vocabulary: Vocabulary
}

/** The profiles of a call whose language may change, each made once. */
export function createProfiles(turnTaking: TurnTaking): (language: string) => TurnTakingProfile {
  const made = new Map<string, TurnTakingProfile>()
  return (language) => {
    const profile = made.get(language) ?? toProfile(turnTaking, language)
    made.set(language, profile)
    return profile
  }
}

/** @param language BCP 47 */
export function toProfile(turnTaking: TurnTaking, language: string): TurnTakingProfile {
  return { ...turnTaking, vocabulary: createVocabulary(language) }
}

import type { Language } from '../language.ts'
import { readGuestName, readNameCorrection } from './guest-name.ts'
import { en, type Intent, intents, makesReservation } from './intents-en.ts'
import { otherIntents } from './intents-other.ts'
import { lexicons } from './lexicon.ts'
import { joinNumbers } from './numbers.ts'
import { readReservationNumber } from './reservation-number.ts'
import { type RoomKinds, readRoomType } from './room-type.ts'
import { readOtherTopic, readTopics } from './topics.ts'
import { toWords } from './words.ts'

/** What an utterance says apart from dates, nights and guests (stay.ts). */
export interface Heard {
  /** Words without punctuation; empty for noise. */
  readonly said: string
  readonly intents: ReadonlySet<Intent>
  readonly topics: readonly string[]
  readonly otherTopic?: string
  readonly roomType?: string
  readonly guestName?: string
  readonly reservationNumber?: string
}

/** Reads an utterance; `nameRead` was just read back and may be corrected. English is always understood beside the conversation's language. */
export function readHeard(
  text: string,
  options: {
    language: Language
    kinds: RoomKinds
    isNameAsked: boolean
    nameRead?: string | undefined
  },
): Heard {
  const { language, kinds, isNameAsked, nameRead } = options
  const words = toWords(text)
  const said = words.map((word) => word.text).join(' ')
  const intents = readIntents(said, language)
  const roomType = readRoomType(said, kinds)
  const guestName =
    readGuestName(text, { isAsked: isNameAsked }) ??
    (nameRead === undefined ? undefined : readNameCorrection(text, nameRead))
  const reservationNumber = readReservationNumber(joinNumbers(words, lexicons[language]))
  const topics = readTopics(said)
  const otherTopic = topics.length === 0 ? readOtherTopic(said) : undefined
  return {
    said,
    intents,
    topics,
    ...(otherTopic === undefined ? {} : { otherTopic }),
    ...(roomType === undefined ? {} : { roomType }),
    ...(guestName === undefined ? {} : { guestName }),
    ...(reservationNumber === undefined ? {} : { reservationNumber }),
  }
}

export function readIntents(said: string, language: Language): Set<Intent> {
  const found = new Set<Intent>()
  // English "no" and "si" mean other things elsewhere, but only beside words that no phrase here has.
  const tables = language === 'en' ? [en] : [otherIntents[language], en]
  for (const table of tables) {
    for (const intent of intents) {
      if (table[intent]?.test(said)) found.add(intent)
    }
  }
  if (makesReservation.test(said) && !/\b(my|our) (reservation|booking)/.test(said)) {
    found.delete('lookup')
    found.add('book')
  }
  if (found.has('lookup') || found.has('cancel') || found.has('change')) found.delete('book')
  if (/\bis (that|this) (all|everything)\b/.test(said)) found.delete('nothing-else')
  if (/\bno (problem|worries)\b/.test(said)) found.delete('no')
  if (found.has('no') && /^(no|nope|nah)\b/.test(said)) found.delete('yes')
  if (/\b(not|isn't|isnt) (\w+ )?(right|correct|fine|okay|ok|good)\b/.test(said)) {
    found.delete('yes')
    found.add('no')
  }
  return found
}

import type { Language } from '../language.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hi } from './hi.ts'
import { it } from './it.ts'

/** What a reply may ask; the caller's next words are understood by it. */
export type Question =
  | 'help'
  | 'dates'
  | 'arrival'
  | 'nights'
  | 'room-type'
  | 'name'
  | 'number'
  | 'offer'
  | 'confirm'
  | 'alternative'
  | 'what-to-change'
  | 'else'

export type Ability = 'rooms' | 'book' | 'lookup' | 'info'

export interface StayWords {
  readonly room: string
  /** "from the third to the fifth of December" */
  readonly stay: string
  readonly perNight?: string | undefined
  readonly total?: string | undefined
}

export interface Phrases {
  /** Several wordings of each; a repeat takes the next. The wording must be one of a kind, see asked.ts. */
  readonly questions: Readonly<Record<Question, readonly string[]>>
  readonly greeting: string
  readonly howAreYou: string
  readonly ai: string
  readonly noPerson: string
  readonly welcome: string
  readonly goodbye: readonly string[]
  readonly wait: string
  readonly presence: string
  readonly allRight: string
  readonly notUnderstood: readonly string[]
  readonly abilities: Readonly<Record<Ability, string>>
  readonly canDo: (abilities: readonly string[]) => string
  readonly cannot: Readonly<Record<Ability | 'change', string>>
  readonly failed: string
  readonly impossibleDate: string
  readonly roomName: (type: string) => string
  /** A room in the middle of a sentence, with what goes before it: "a double room". */
  readonly aRoom: (name: string) => string
  readonly anyRoom: string
  readonly and: string
  readonly or: string
  readonly available: (words: StayWords) => string
  readonly options: (stay: string, rooms: readonly string[]) => string
  readonly option: (room: string, perNight: string | undefined) => string
  readonly unavailable: (words: StayWords) => string
  readonly otherRooms: (rooms: string) => string
  readonly roomTypes: (rooms: string) => string
  readonly readBack: (words: StayWords & { name: string }) => string
  readonly booked: (
    words: StayWords & { name?: string | undefined; number?: string | undefined },
  ) => string
  /** After `booked`, when the tool has booked nothing more. */
  readonly onlyOne: string
  readonly notBooked: string
  readonly retry: string
  readonly found: (words: {
    name?: string | undefined
    room?: string | undefined
    stay?: string | undefined
  }) => string
  readonly notFound: string
  readonly ambiguous: string
  readonly notOffered: string
  readonly tooManyGuests: string
  readonly unknownOutcome: string
  readonly noInfo: string
  readonly topics: (topics: string) => string
}

export const phrasesOf: Readonly<Record<Language, Phrases>> = { en, de, fr, es, it, hi }

/** "a, b and c" */
export function toList(items: readonly string[], joining: string): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${joining} ${items.at(-1)}`
}

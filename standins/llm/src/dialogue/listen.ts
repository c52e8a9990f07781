import type { Language } from '../language.ts'
import type { Day } from '../understand/day.ts'
import { type Heard, readHeard, readIntents } from '../understand/heard.ts'
import { lexicons } from '../understand/lexicon.ts'
import type { RoomKinds } from '../understand/room-type.ts'
import { readStay, type StayReading } from '../understand/stay.ts'
import { currentAnswer, emptyTurn, type State, type ToolResult, type Turn } from './state.ts'

export interface Listening {
  readonly language: Language
  readonly today: Day
  readonly kinds: RoomKinds
}

/** Takes what the caller said into the state. */
export function listen(state: State, text: string, options: Listening): State {
  const { language, today, kinds } = options
  const { asked } = state
  const heard = readHeard(text, {
    language,
    kinds,
    isNameAsked: asked === 'name' || asked === 'number',
    nameRead: asked === 'confirm' || asked === 'what-to-change' ? state.guestName : undefined,
  })
  const reading = readDates(state, text, heard, { language, today })
  const topics = readQuestions(heard, reading)
  const wantsLookup = isLookup(state, heard, reading)
  const changes = toChanges(state, heard, reading)
  const hasStay = !wantsLookup && isAboutStay(heard, reading, topics, asked)
  const isYes = heard.intents.has('yes') && !heard.intents.has('no')
  const asksNothing = topics.length === 0 && !wantsLookup && !hasStay
  const turn: Turn = {
    ...emptyTurn,
    heard,
    hasStay,
    isImpossible: reading.isImpossible,
    topics,
    wantsLookup,
    isChanged: changes.isChanged,
    wantsEnd: isEnd(state, heard, { asksNothing, language }),
    isConfirmed:
      asked === 'confirm' &&
      (isYes || (heard.intents.has('book') && !heard.intents.has('no'))) &&
      !changes.isChanged &&
      topics.length === 0,
    isDeclined: isDeclined(state, heard, asksNothing || !changes.isChanged),
    results: state.isTold ? [] : state.turn.results.filter(isEffect),
    isUnderstood: isUnderstood(heard, reading, asked, topics),
  }
  const goal = wantsLookup ? 'lookup' : hasStay ? 'stay' : turn.isDeclined ? 'none' : state.goal
  const wantsBooking =
    !turn.isDeclined &&
    (state.wantsBooking ||
      heard.intents.has('book') ||
      (asked === 'offer' && isYes && !changes.isStayChanged))
  return {
    ...state,
    ...changes.state,
    goal: heard.intents.has('book') && !wantsLookup ? 'stay' : goal,
    wantsBooking,
    // A failure may pass: when the caller asks again, it is tried again.
    answers: new Map([...state.answers].filter(([, { kind }]) => kind !== 'failed')),
    misunderstood: turn.isUnderstood ? 0 : state.misunderstood + 1,
    asked,
    turn,
  }
}

function readDates(
  state: State,
  text: string,
  heard: Heard,
  options: { language: Language; today: Day },
): StayReading {
  const { asked, stay } = state
  const isOther =
    asked === 'number' ||
    heard.intents.has('lookup') ||
    heard.intents.has('cancel') ||
    (heard.reservationNumber !== undefined && heard.reservationNumber.length > 4)
  if (isOther) return { stay, hasDates: false, isImpossible: false }
  const wanted = asked === 'arrival' ? 'dates' : asked
  const known = { known: stay, today: options.today }
  const askedFor = wanted === 'dates' || wanted === 'nights' ? { asked: wanted } : ({} as const)
  const own = readStay(text, { ...known, lexicon: lexicons[options.language], ...askedFor })
  if (own.hasDates || options.language === 'en') return own
  return readStay(text, { ...known, lexicon: lexicons.en, ...askedFor })
}

/** Questions about the hotel, without words that only belong to a stay ("check in on the third"). */
function readQuestions(heard: Heard, reading: StayReading): string[] {
  const asksTime = /\b(time|when|how (late|early)|until when|uhr|heure|hora|ora)\b/.test(heard.said)
  const topics = heard.topics.filter(
    (topic) =>
      !/^check-/.test(topic) || asksTime || !(reading.hasDates || heard.intents.has('lookup')),
  )
  if (heard.intents.has('cancel') && !topics.includes('cancellation')) return []
  if (topics.length > 0) return topics
  const isBusy =
    reading.hasDates ||
    heard.roomType !== undefined ||
    heard.intents.has('lookup') ||
    heard.intents.has('book')
  return heard.otherTopic === undefined || isBusy ? [] : [heard.otherTopic]
}

function isLookup(state: State, heard: Heard, reading: StayReading): boolean {
  if (heard.intents.has('cancel') || heard.intents.has('change')) return false
  if (heard.intents.has('lookup')) return true
  const { asked } = state
  if (asked === 'number')
    return heard.reservationNumber !== undefined || heard.guestName !== undefined
  const isBareNumber =
    !reading.hasDates && (heard.said.split(' ').length <= 8 || /\bnumber\b/.test(heard.said))
  return heard.reservationNumber !== undefined && isBareNumber && state.goal !== 'stay'
}

function isAboutStay(
  heard: Heard,
  reading: StayReading,
  topics: readonly string[],
  asked: State['asked'],
): boolean {
  const { intents } = heard
  if (intents.has('cancel') || intents.has('change')) return false
  if (reading.hasDates || reading.isImpossible || intents.has('book')) return true
  if (topics.length > 0) return false
  const isChoice = asked === 'room-type' && intents.has('choose-any')
  return heard.roomType !== undefined || intents.has('room') || intents.has('price') || isChoice
}

function toChanges(
  state: State,
  heard: Heard,
  reading: StayReading,
): {
  readonly state: Partial<State>
  readonly isChanged: boolean
  readonly isStayChanged: boolean
} {
  const roomType = heard.roomType ?? cheapest(state, heard) ?? state.roomType
  const isName =
    heard.guestName !== undefined && state.asked !== 'number' && !heard.intents.has('lookup')
  const guestName = isName ? heard.guestName : state.guestName
  const before = state.stay
  const isStayChanged =
    roomType !== state.roomType ||
    before.checkIn !== reading.stay.checkIn ||
    before.checkOut !== reading.stay.checkOut ||
    before.guests !== reading.stay.guests ||
    reading.isImpossible
  return {
    isChanged: isStayChanged || guestName !== state.guestName,
    isStayChanged,
    state: {
      stay: reading.stay,
      roomType,
      guestName,
      reservationNumber: heard.reservationNumber ?? state.reservationNumber,
      lookupName: heard.guestName ?? state.lookupName,
    },
  }
}

/** "any", "the cheapest" where kinds of room were named. */
function cheapest(state: State, heard: Heard): string | undefined {
  const answer = currentAnswer(state)
  if (!heard.intents.has('choose-any') || answer?.kind !== 'rooms') return undefined
  const priced = answer.rooms.toSorted(
    (a, b) => (a.pricePerNight ?? a.total ?? 0) - (b.pricePerNight ?? b.total ?? 0),
  )
  return answer.rooms.length > 1 ? (priced[0]?.type ?? priced[0]?.name) : undefined
}

function isEnd(
  state: State,
  heard: Heard,
  { asksNothing, language }: { asksNothing: boolean; language: Language },
): boolean {
  const { intents } = heard
  // At the start of a request it is a greeting misheard: "Hi, could I" comes as "Bye, good-bye".
  if (intents.has('goodbye') && (asksNothing || endsWithGoodbye(heard, language))) return true
  if (!asksNothing || intents.has('cancel') || intents.has('wants-person')) return false
  if (intents.has('nothing-else')) return state.asked !== 'confirm' || intents.has('no')
  const isDone = state.asked === 'else' || state.asked === 'help'
  return isDone && intents.has('no') && !intents.has('wait') && !intents.has('repeat')
}

const closingWords = 6

function endsWithGoodbye({ said }: Heard, language: Language): boolean {
  const closing = said.split(' ').slice(-closingWords).join(' ')
  return readIntents(closing, language).has('goodbye')
}

function isDeclined(state: State, heard: Heard, isUnchanged: boolean): boolean {
  const { asked } = state
  const isOffer = asked === 'offer' || asked === 'alternative' || asked === 'what-to-change'
  const isForgotten =
    /\b(forget (it|that|about)|never ?mind|cancel (it|that|this)|don'?t book)\b/.test(heard.said)
  if (isForgotten && state.goal === 'stay') return true
  if (!heard.intents.has('no') || !isUnchanged) return false
  if (heard.topics.length > 0) return false
  return isOffer || (asked === 'name' && heard.guestName === undefined)
}

function isUnderstood(
  heard: Heard,
  reading: StayReading,
  asked: State['asked'],
  topics: readonly string[],
): boolean {
  const isAnswer = asked === 'name' ? heard.guestName !== undefined : false
  const isNumber = heard.reservationNumber !== undefined
  return (
    reading.hasDates ||
    heard.roomType !== undefined ||
    topics.length > 0 ||
    heard.intents.size > 0 ||
    isAnswer ||
    isNumber ||
    heard.guestName !== undefined
  )
}

/** A booking that was done while the caller spoke on is told in the next reply. */
function isEffect({ call }: ToolResult): boolean {
  return call.name === 'create_reservation'
}

import type { Reply, Tool } from '../chat.ts'
import { everything, findTopic } from '../understand/topics.ts'
import { asksAgain, toBooking } from './booking.ts'
import { ask, type Desk, findTool, pick, sayAbilities } from './desk.ts'
import { readOutcome } from './outcome.ts'
import { reportResult, sayTopics } from './report.ts'
import type { State } from './state.ts'
import { nextStayStep } from './stay-step.ts'
import { toArguments } from './tool-arguments.ts'

const maxCallsPerTurn = 5

/** Answers the caller's last words, or goes on after a tool's result. */
export function decide(desk: Desk, state: State): Reply {
  const { turn } = state
  if (turn.wantsEnd) return sayGoodbye(desk, state)
  const mayCall = turn.results.length < maxCallsPerTurn
  const said: string[] = []
  let isAsking = false
  for (const result of turn.results) {
    const report = reportResult(desk, state, result)
    if (report) said.push(report.text)
    isAsking = report?.isAsking ?? isAsking
  }
  const booking = nextBooking(desk, state)
  if (booking && mayCall) return { text: '', calls: [booking] }
  const [topic] = turn.topics
  if (topic !== undefined && mayCall) {
    const asked = askHotel(desk, topic)
    if (typeof asked !== 'string') return { text: '', calls: [asked] }
    said.push(asked)
  }
  if (turn.wantsLookup) {
    const lookup = lookUp(desk, state)
    if (typeof lookup !== 'string' && mayCall) return { text: '', calls: [lookup] }
    if (typeof lookup === 'string') return speak([...said, lookup])
  }
  if (isAsking) return speak(said)
  const hasNews = turn.results.some(({ call }) => call.name === 'check_availability')
  if (hasNews || turn.hasStay || (state.goal === 'stay' && said.length > 0)) {
    return goOn(desk, state, said, { hasNews, mayCall })
  }
  if (said.length > 0) return speak([...said, ask(desk, state, 'else')])
  return converse(desk, state)
}

/** The booking the caller has confirmed, or one whose outcome is not known yet. */
function nextBooking(desk: Desk, state: State): Reply['calls'][number] | undefined {
  const tried = state.turn.results.filter(({ call }) => call.name === 'create_reservation')
  const [first] = tried
  if (!first) return state.turn.isConfirmed ? toBooking(desk, state) : undefined
  const { name, arguments: args } = first.call
  return tried.length === 1 && asksAgain(readOutcome(first.text))
    ? { name, arguments: args }
    : undefined
}

/** The next step of the stay, after what is said already. */
function goOn(
  desk: Desk,
  state: State,
  said: readonly string[],
  options: { hasNews: boolean; mayCall: boolean },
): Reply {
  const { turn } = state
  if (turn.isImpossible) {
    return speak([...said, desk.phrases.impossibleDate, ask(desk, state, 'dates')])
  }
  const isWanted = turn.hasStay && !turn.heard?.intents.has('book')
  const telling = options.hasNews || isWanted ? 'all' : 'question'
  const step = nextStayStep(desk, state, telling)
  if (step.kind === 'say') return speak([...said, step.text])
  const isTried = turn.results.some(
    ({ call }) => JSON.stringify(call.arguments) === JSON.stringify(step.call.arguments),
  )
  return options.mayCall && !isTried
    ? { text: '', calls: [step.call] }
    : speak([...said, desk.phrases.failed, ask(desk, state, 'else')])
}

/** Everything that is neither a stay nor a question a tool can answer. */
function converse(desk: Desk, state: State): Reply {
  const { phrases } = desk
  const { turn, asked, goal } = state
  const intents = turn.heard?.intents
  const has = (...names: readonly Parameters<NonNullable<typeof intents>['has']>[0][]) =>
    names.some((name) => intents?.has(name) ?? false)
  const next = () => pending(desk, state)
  if (has('wants-person')) return speak([phrases.noPerson, sayAbilities(desk), next()])
  if (has('are-you-human')) return speak([phrases.ai, next()])
  if (turn.isDeclined) return speak([phrases.allRight, ask(desk, state, 'else')])
  if (has('cancel', 'change')) return speak([phrases.cannot.change, ask(desk, state, 'else')])
  if (has('repeat') && state.lastSaid) return speak([state.lastSaid])
  if (has('presence')) return speak([phrases.presence, next()])
  if (goal === 'stay' && (turn.isChanged || has('retry'))) return walk(desk, state)
  if (has('wait')) return speak([phrases.wait])
  if (asked === 'what-to-change') return speak([askForChange(desk, state)])
  if (asked === 'confirm' && has('no')) return speak([ask(desk, state, 'what-to-change')])
  if (asked === 'alternative' && has('yes')) {
    return speak([ask(desk, state, 'dates')])
  }
  if (goal === 'stay' && (state.wantsBooking || has('yes') || !turn.isUnderstood)) {
    return walk(desk, state)
  }
  if (has('capabilities')) return speak([sayAbilities(desk), ask(desk, state, 'help')])
  if (has('how-are-you')) return speak([phrases.howAreYou, next()])
  if (has('thanks')) return speak([phrases.welcome, ask(desk, state, 'else')])
  if (has('greeting')) return speak([phrases.greeting, next()])
  if (has('no')) return speak([phrases.allRight, next()])
  if (has('yes')) return speak([asked === 'else' ? phrases.allRight : '', next()])
  return speak([sorry(desk, state), goal === 'none' ? sayAbilities(desk) : '', next()])
}

/** On with the stay, whatever was said. */
function walk(desk: Desk, state: State): Reply {
  const step = nextStayStep(desk, state, 'question')
  if (step.kind === 'call') return { text: '', calls: [step.call] }
  return speak(state.turn.isUnderstood ? [step.text] : [sorry(desk, state), step.text])
}

function sorry(desk: Desk, state: State): string {
  return pick(desk.phrases.notUnderstood, Math.max(state.misunderstood - 1, 0))
}

function askForChange(desk: Desk, state: State): string {
  const said = state.turn.heard?.said ?? ''
  if (/\b(name|namen?|nom|nombre|nome)\b/.test(said)) return ask(desk, state, 'name')
  if (/\b(dates?|days?|nights?|arriv\w+|leav\w+|datum|tage?|fechas?)\b/.test(said))
    return ask(desk, state, 'dates')
  if (/\b(rooms?|zimmer|chambre|habitacion|camera)\b/.test(said))
    return ask(desk, state, 'room-type')
  return `${sorry(desk, state)} ${ask(desk, state, 'what-to-change')}`
}

/** The question that is still open; asked again after whatever came between. */
function pending(desk: Desk, state: State): string {
  if (state.goal === 'stay') {
    const step = nextStayStep(desk, state, 'question')
    if (step.kind === 'say') return step.text
  }
  if (state.asked === 'number') return ask(desk, state, 'number')
  return ask(desk, state, state.asked === 'else' || state.askedTimes.else ? 'else' : 'help')
}

function askHotel(desk: Desk, topic: string): Reply['calls'][number] | string {
  const tool = findTool(desk, 'get_hotel_info')
  if (!tool) return desk.phrases.cannot.info
  const property = tool.properties['topic']
  const choices = (property?.choices ?? []).map(({ value }) => value)
  const known = topic === everything ? undefined : findTopic(topic, choices)
  if (known === undefined && property !== undefined && property.enum.length > 0) {
    return `${desk.phrases.noInfo} ${sayTopics(desk, choices)}`
  }
  const values = topic === everything ? {} : { topic: known ?? topic }
  return { name: tool.name, arguments: toArguments(tool, values) }
}

function lookUp(desk: Desk, state: State): Reply['calls'][number] | string {
  const tool = findTool(desk, 'get_reservation')
  if (!tool) return `${desk.phrases.cannot.lookup} ${ask(desk, state, 'else')}`
  const number = state.reservationNumber
  const name = state.lookupName
  if (number === undefined && name === undefined) return ask(desk, state, 'number')
  const values = number === undefined ? { guest_name: name } : { reservation_number: number }
  return { name: tool.name, arguments: toArguments(tool, values) }
}

/** Says goodbye and ends the call in one reply; after the tool's answer nothing is left to say. */
function sayGoodbye(desk: Desk, state: State): Reply {
  const tool = findTool(desk, 'end_call')
  const goodbye = pick(desk.phrases.goodbye, state.turn.heard?.said.length ?? 0)
  const ended = state.turn.results.some(({ call }) => call.name === 'end_call')
  if (ended) return { text: state.goodbyeSaid ? '' : goodbye, calls: [] }
  return { text: goodbye, calls: tool ? [toEnd(tool)] : [] }
}

function toEnd(tool: Tool): Reply['calls'][number] {
  return { name: tool.name, arguments: toArguments(tool, { reason: 'caller said goodbye' }) }
}

function speak(parts: readonly string[]): Reply {
  const text = parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ')
  return { text, calls: [] }
}

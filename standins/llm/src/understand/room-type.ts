import type { Choice } from '../wire/tool-choices.ts'
import { toNearest } from './distance.ts'
import { findSoundAlike } from './sound.ts'
import { fold } from './words.ts'

/** Kinds of room that guests of any hotel ask for; used when the tools name none. */
const common = [
  'single',
  'double',
  'twin',
  'triple',
  'quad',
  'family',
  'suite',
  'studio',
  'deluxe',
  'standard',
  'superior',
  'economy',
  'penthouse',
  'apartment',
  'dormitory',
]

// What recognition makes of "suite": counts after an article or "make it".
const suite =
  /\b(?:a|the|one|your|junior|it|or|two|no|not|an?other)\s+(sweets?|suits?|swede|sweep|sleet|sweeter)\b|^(?:sweet|suit)$/
const room = '(?:rooms?|loom|rum|rums|roam|rome|bedrooms?|womb|groom|zimmer)'
const beforeRoom = new RegExp(`(\\p{L}+)\\s+(?:bed\\s+)?${room}\\b`, 'gu')
const notKinds =
  /^(a|an|the|any|your|my|our|some|free|available|of|in|this|that|have|hotel|other|another|which|what|one|two|three|per|for|no|nice|quiet|big|small|cheap|cheapest|more|all|bath|book|meeting|living|dining|need|want|reserve|like|get|rooms?|cancel|change|of|is|are|to|and|or|with|these|those|kind|type)$/

const translated: Readonly<Record<string, RegExp>> = {
  single:
    /\b(einzelzimmer|chambre simple|habitacion individual|individual|camera singola|singola)\b|सिंगल/,
  double: /\b(doppelzimmer|chambre double|doble|doppia|matrimoniale)\b|डबल/,
  suite: /सुइट/,
}

export interface RoomKinds {
  /** As the tools spell and call them; empty when they name none. */
  readonly offered: readonly Choice[]
}

/**
 * The kind of room that was said: one of those offered where one is meant, else the caller's own word. The last one
 * said counts, and one that is denied ("not a double") does not.
 */
export function readRoomType(said: string, kinds: RoomKinds): string | undefined {
  const words = [...new Set([...kinds.offered.flatMap(toKindWords), ...common])]
  const spoken = said
    .replace(suite, (whole, heard: string) => whole.replace(heard, 'suite'))
    .replace(/\broom service\b/g, '')
  const found: { word: string; at: number }[] = []
  for (const match of spoken.matchAll(/[\p{L}\p{M}]+/gu)) {
    const exact = words.find((word) => match[0] === word || match[0] === `${word}s`)
    if (exact) found.push({ word: exact, at: match.index })
  }
  for (const [word, pattern] of Object.entries(translated)) {
    const at = spoken.search(pattern)
    if (at >= 0) found.push({ word, at })
  }
  const counted = found
    .filter(
      ({ at }) => !/\b(not|instead of|rather than|no) (an? |the )?$/.test(spoken.slice(0, at)),
    )
    .filter(
      ({ word, at }) =>
        word !== 'single' || !/^singles? (night|day|thing|question)/.test(spoken.slice(at)),
    )
    .toSorted((a, b) => a.at - b.at)
  const last =
    counted.at(-1)?.word ??
    nearKind(spoken, words) ??
    normalKind(spoken, kinds) ??
    soundKind(spoken, kinds)
  return last === undefined ? undefined : toOffered(last, kinds.offered)
}

/** "dabble rum": the word before "room", one or two letters off. */
function nearKind(said: string, words: readonly string[]): string | undefined {
  for (const [, heard = ''] of said.matchAll(beforeRoom)) {
    if (notKinds.test(heard) || heard.length < 4) continue
    const near = toNearest(heard, words, heard.length >= 5 ? 2 : 1)
    if (near) return near
  }
  return undefined
}

/** "a sink or room", "a diborum": the words before "room" sound like a kind. */
function soundKind(said: string, kinds: RoomKinds): string | undefined {
  const words = [...new Set([...kinds.offered.flatMap(toKindWords), 'single', 'double'])]
  const split = said.replace(/(\p{L}{3,})(rum|room)\b/gu, '$1r $2')
  const before = new RegExp(`((?:\\p{L}+ ){1,3})${room}\\b`, 'u')
    .exec(split)?.[1]
    ?.trim()
    .split(' ')
  if (!before) return undefined
  for (let count = 1; count <= before.length; count += 1) {
    const phrase = before.slice(-count)
    if (phrase.every((word) => notKinds.test(word))) continue
    const found = findSoundAlike(phrase.join(' '), words)
    if (found) return found
  }
  return undefined
}

/** "a normal room" is the standard one, and where there is none the double: recognition hears it for "double". */
function normalKind(said: string, kinds: RoomKinds): string | undefined {
  if (!new RegExp(`\\b(normal|regular|ordinary) ${room}\\b`).test(said)) return undefined
  const words = kinds.offered.flatMap(toKindWords)
  return words.find((word) => word === 'standard') ?? words.find((word) => word === 'double')
}

/** "double-deluxe" → double, deluxe. */
function toKindWords({ value, name }: Choice): string[] {
  return fold(`${value} ${name}`)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word.length > 2 && !new RegExp(`^${room}$`).test(word))
}

function toOffered(word: string, offered: readonly Choice[]): string {
  const found =
    offered.find(({ value, name }) => fold(value) === word || fold(name) === word) ??
    offered.find((choice) => toKindWords(choice).includes(word))
  return found?.value ?? word
}

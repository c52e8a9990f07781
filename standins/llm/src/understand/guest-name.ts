import { toNearest } from './distance.ts'
import { fold } from './words.ts'

const letters = "\\p{L}[\\p{L}\\p{M}'’-]*"
const introduced = new RegExp(
  `\\b(?:my (?:full |last |first |sur)?name(?:'s| is)|the name(?:'s| is)|name is|under(?: the name(?: of)?)?|in the name of|on the name of|for the name|(?:this is|i am|i'm|it's for|book it for|call me)(?= \\p{Lu})|mein name ist|ich hei(?:ß|ss)e|auf den namen|je m'appelle|au nom de|me llamo|mi nombre es|a nombre de|mi chiamo|a nome di?|मेरा नाम)\\s+((?:${letters}[ ,.]*){1,4})`,
  'iu',
)
const lead =
  /^(?:(?:yes|yeah|no|nope|nein|non|wait|actually|sorry|that's wrong|that's not right|wrong|i said|sure|ok|okay|oh|uh|um|well|hi|hello|so|of course|certainly|please|it's|it is|its|it would be|that's|that is|that would be|this is|i'm|i am|put it|book it|under|on|for|the|a|my|name's|name is|name|is|mister|mr|mrs|ms|miss|missus|doctor|dr|ja|es ist|oui|c'est|si|es|sì|è)(?![\p{L}\p{M}])[ ,.!:]*)+/iu
const trail =
  /[ ,.!?]+(?:please|thanks|thank you|is my name|is the name|speaking|here|calling|and|from|at|with|but|i|for|number|हैं?|bitte|s'il vous plaît|por favor|per favore)(?![\p{L}\p{M}]).*$/iu
const notNames =
  /^(yes|no|yeah|what|why|how|when|where|who|which|can|could|do|does|is|are|i|you|the|a|an|it|that|this|not|sorry|pardon|thanks|thank|please|okay|ok|sure|hello|hi|goodbye|bye|room|double|single|suite|looking|calling|interested|wondering|going|fine|good|happy|sure|afraid|just|from|to|for|of|with|would|like|want|need|have|wait|hold|moment|breakfast|price|date|december|january|monday|tomorrow|tonight|correct|right|reservation|booking|nothing|nobody|number|night|nights|nein|non|and|but|on|in|at|there|here|my|name|later|now|still|great|perfect|lovely|nice|wonderful|excellent|cool|awesome|absolutely|exactly|definitely|one|two|three|four|five|help|book|think|about|maybe|perhaps|again|more|less|too|much|expensive)$/i

/**
 * The guest's name as it was spelled by recognition. With `isAsked` the whole answer may be it, else it must be
 * introduced ("my name is …").
 */
export function readGuestName(text: string, options: { isAsked: boolean }): string | undefined {
  const plain = text.normalize('NFC').replace(/’/g, "'").trim()
  const spelled = readSpelled(plain)
  const said = introduced.exec(plain)?.[1]
  if (said !== undefined) {
    const name = clean(said)
    if (name) return spelled ? joinSpelled(name, spelled) : name
  }
  if (!options.isAsked || /\?\s*$/.test(plain)) return undefined
  if (spelled && !clean(withoutSpelling(plain))) return spelled
  const name = clean(withoutSpelling(plain).replace(lead, ''))
  if (!name) return undefined
  return spelled ? joinSpelled(name, spelled) : name
}

/** "no, John Smyth" to a read-back: a name counts as a correction when it is like the one that is known. */
export function readNameCorrection(text: string, known: string): string | undefined {
  const name = readGuestName(text, { isAsked: true })
  const words = (one: string) => fold(one).split(/[ -]/)
  const isAlike = name && words(name).some((word) => toNearest(word, words(known), limit(word)))
  return isAlike ? name : undefined
}

function limit(word: string): number {
  return word.length >= 5 ? 2 : word.length >= 3 ? 1 : 0
}

function clean(said: string): string | undefined {
  const first =
    said
      .trim()
      .replace(lead, '')
      .split(/[.;!?]/)[0] ?? ''
  const words = first.replace(trail, '').replace(/,/g, ' ').split(/\s+/).filter(Boolean)
  const kept: string[] = []
  for (const word of words) {
    if (notNames.test(fold(word)) || !/^[\p{L}\p{M}'-]+$/u.test(word)) break
    kept.push(word)
  }
  const isWhole = kept.length === words.length || kept.length >= 2
  if (kept.length === 0 || kept.length > 4 || !isWhole) return undefined
  return kept.map(capitalise).join(' ')
}

const spelling = /(?<![\p{L}])(?:\p{L}(?:[\s,.-]+|$)){3,}/u

/** "S M I T H", "S-M-I-T-H" → "Smith". */
function readSpelled(text: string): string | undefined {
  const run = spelling.exec(text)?.[0].replace(/[^\p{L}]/gu, '')
  return run && capitalise(run.toLowerCase())
}

function withoutSpelling(text: string): string {
  return text.replace(spelling, ' ').replace(/[\s,]*(?:that's|that is|spelled|spelt)?[\s,.]*$/i, '')
}

/** A spelled surname stands for the last word heard. */
function joinSpelled(name: string, spelled: string): string {
  const words = name.split(' ').filter((word) => word.length > 1)
  return words.length > 1 ? [...words.slice(0, -1), spelled].join(' ') : spelled
}

function capitalise(word: string): string {
  return word.replace(/(^|['-])(\p{L})/gu, (_whole, before: string, letter: string) => {
    return before + letter.toUpperCase()
  })
}

/** Abbreviations after which a sentence never ends: something always follows them. */
const neverLast = new Set(
  (
    'dr prof mr mrs ms mx st nr no bzw ca vgl inkl exkl zzgl str tel approx vs mme mlle ' +
    'sr sra srta dott sig sig.ra avv ing e.g i.e z.b d.h u.a p.ej av bd'
  ).split(' '),
)
/** Abbreviations that may end a sentence: they do when a capital letter follows. */
const maybeLast = new Set('a.m p.m am pm etc usw h inc ltd co jr u.s u.k u.s.a'.split(' '))

/** After these a number with a dot is an ordinal: "am 3. Dezember", "im 2. Stock". */
const germanOrdinalBefore =
  /(?:^|\s)(?:am|zum|vom|bis|der|die|das|dem|den|des|im|ab|jeden|und|oder|seit|dritten?)\s*$/i
const germanMonth =
  /^(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|etage|stock)/i

/**
 * Whether the full stop at `at` ends a sentence. `undefined`: that depends on text which is not there yet.
 */
export function isSentenceEnd(
  text: string,
  { at, language }: { at: number; language: string },
): boolean | undefined {
  const before = text.slice(0, at)
  const after = text.slice(at + 1).replace(/^["'”’»)\]]+/, '')
  if (after !== '' && !/^\s/.test(after)) return false // "3.5", "www.hotel.com", "a.m"
  const next = after.trimStart()
  const token = /[^\s("„“«[]*$/.exec(before)?.[0] ?? ''
  const word = token.toLowerCase()
  if (word === '') return false
  if (neverLast.has(word)) {
    if (word !== 'no') return false
    // "No. 5" goes on, "No. We do not." does not.
    return next === '' ? undefined : !/^\d/.test(next)
  }
  if (/^\p{L}$/u.test(word) && word !== 'i' && !/[\u0900-\u097F]/.test(word)) {
    // An initial: "J. Smith". A small letter can end a sentence, but not in "z. B." or "p. ex."
    if (token !== word) return false
    if (next === '') return undefined
    if (/^\p{L}{1,2}\./u.test(next)) return false
  }
  if (/^(\p{L}\.)+\p{L}$/u.test(word) || maybeLast.has(word)) {
    return next === '' ? undefined : startsSentence(next)
  }
  if (/^\d{1,2}$/.test(word)) return isNumberEnd({ before, token, after, language })
  if (before.endsWith('.')) return next === '' ? undefined : startsSentence(next) // "…"
  return next === '' && after === '' ? undefined : true
}

function isNumberEnd(context: {
  before: string
  token: string
  after: string
  language: string
}): boolean | undefined {
  const { before, token, after, language } = context
  const next = after.trimStart()
  const lead = before.slice(0, before.length - token.length)
  if (/(?:^|\n)\s*$/.test(lead)) return false // "1. Single room" in a list
  if (!language.toLowerCase().startsWith('de')) return after === '' ? undefined : true
  if (next === '') return undefined
  if (germanOrdinalBefore.test(lead)) return false
  return startsSentence(next) && !germanMonth.test(next)
}

function startsSentence(next: string): boolean {
  return !/^\p{Ll}/u.test(next)
}

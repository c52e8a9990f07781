import type { Random } from './random.ts'

const figures: Readonly<Record<string, readonly string[]>> = {
  en: 'zero one two three four five six seven eight nine'.split(' '),
  de: 'null eins zwei drei vier fünf sechs sieben acht neun'.split(' '),
  fr: 'zéro un deux trois quatre cinq six sept huit neuf'.split(' '),
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve'.split(' '),
  it: 'zero uno due tre quattro cinque sei sette otto nove'.split(' '),
  hi: 'शून्य एक दो तीन चार पांच छह सात आठ नौ'.split(' '),
}
const hindiInLatin = 'shunya ek do teen chaar paanch chhe saat aath nau'.split(' ')
const twice: Readonly<Record<string, string>> = { en: 'double', hi: 'डबल' }
const signs: Readonly<
  Record<string, { at: readonly string[]; dot: string; dash: string; plus: string }>
> = {
  en: { at: ['at'], dot: 'dot', dash: 'dash', plus: 'plus' },
  de: { at: ['at', 'ät', 'klammeraffe'], dot: 'punkt', dash: 'minus', plus: 'plus' },
  fr: { at: ['arobase'], dot: 'point', dash: 'tiret', plus: 'plus' },
  es: { at: ['arroba'], dot: 'punto', dash: 'guion', plus: 'más' },
  it: { at: ['chiocciola'], dot: 'punto', dash: 'trattino', plus: 'più' },
  hi: { at: ['एट', 'ऐट द रेट', 'एट द रेट'], dot: 'डॉट', dash: 'डैश', plus: 'प्लस' },
}
const tens: Readonly<Record<string, readonly string[]>> = {
  en: ['', '', ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')],
  fr: [
    '',
    '',
    ...'vingt trente quarante cinquante soixante soixante-dix quatre-vingt quatre-vingt-dix'.split(
      ' ',
    ),
  ],
}

/** Letters and figures read out one by one, sometimes in pairs or with "double". */
export function dictate(
  text: string,
  { random, language }: { random: Random; language: string },
): string {
  const usesLatin = language === 'hi' && random.chance(0.3)
  const words = (usesLatin ? hindiInLatin : figures[language]) ?? []
  const double = usesLatin ? 'double' : twice[language]
  const usesOh = language === 'en' && random.chance(0.3)
  const inPairs = tens[language] !== undefined && random.chance(0.25)
  const hesitates = random.chance(0.2)
  const spoken: string[] = []
  const plain = text.replace(/[\s()/.-]/g, '')
  for (let at = 0; at < plain.length; at += 1) {
    const character = plain[at] ?? ''
    const value = Number(character)
    if (character === '+') spoken.push(signs[language]?.plus ?? 'plus')
    else if (Number.isNaN(value)) spoken.push(character.toLowerCase())
    else if (double !== undefined && plain[at + 1] === character && plain[at + 2] !== character) {
      spoken.push(`${double} ${words[value]}`)
      at += 1
    } else if (inPairs && value >= 2 && value < 7 && /[1-9]/.test(plain[at + 1] ?? '')) {
      spoken.push(`${tens[language]?.[value]} ${words[Number(plain[at + 1])]}`)
      at += 1
    } else if (usesOh && value === 0) spoken.push('oh')
    else spoken.push(words[value] ?? '')
    if (hesitates && at % 4 === 3 && at < plain.length - 1)
      spoken.push(random.pick(pausesOf(language)))
  }
  return spoken.join(' ')
}

function pausesOf(language: string): readonly string[] {
  return (
    { en: ['uh', 'um'], de: ['äh', 'dann'], fr: ['euh'], es: ['eh'], it: ['ehm'], hi: ['अम्म'] }[
      language
    ] ?? ['']
  )
}

const domains = [
  'gmail.com',
  'example.org',
  'web.de',
  'orange.fr',
  'libero.it',
  'outlook.com',
  'mail.co.uk',
  'blue-harbour.net',
  'yahoo.in',
]
const hindiDomains = ['जीमेल.कॉम', 'याहू.इन', 'आउटलुक.कॉम', 'रेडिफमेल.कॉम']

/** An address as written; `given` and `family` are plain words. */
export function makeEmail(
  random: Random,
  { given, family }: { given: string; family: string },
): string {
  const [first, last] = [toAscii(given), toAscii(family)]
  const local = random.pick([
    ...[`${first}.${last}`, `${first}${last}`, `${first[0]}.${last}`, `${last}${random.digits(2)}`],
    ...[`${first}-${last}`, `${first}_${last}`, `${first}+hotel`, last],
  ])
  return `${local}@${random.pick(domains)}`
}

export function speakEmail(
  address: string,
  { random, language, word }: { random: Random; language: string; word: string },
): string {
  const { at, dot, dash } = signs[language] ?? { at: ['at'], dot: 'dot', dash: 'dash' }
  const [rawLocal = '', rawDomain = ''] = address.split('@')
  const isHindi = language === 'hi'
  const local = isHindi ? word : rawLocal.replaceAll('_', '-').replaceAll('+', '.')
  const domain = isHindi ? random.pick(hindiDomains) : rawDomain
  const say = (part: string) =>
    part
      .replaceAll('.', ` ${dot} `)
      .replaceAll('-', ` ${dash} `)
      .replace(/\d/g, (figure) => ` ${figures[language]?.[Number(figure)]}`)
  return `${say(local)} ${random.pick(at)} ${say(domain)}`.replace(/ +/g, ' ')
}

function toAscii(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll('ß', 'ss')
      .toLowerCase()
      .replace(/[^a-z]/g, '') || 'asha'
  )
}

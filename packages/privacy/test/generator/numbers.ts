import type { Random } from './random.ts'

/** Issuer prefixes and lengths as the schemes publish them. */
const issuers: readonly (readonly [string, number])[] = [
  ...([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['34', 15],
    ['37', 15],
    ['6011', 16],
  ] as const),
  ...([
    ['3528', 16],
    ['36', 14],
    ['62', 16],
    ['6759', 16],
  ] as const),
]

/** A card number that satisfies its check digit. */
export function makeCard(random: Random): string {
  const [prefix, length] = random.pick(issuers)
  const body = prefix + random.digits(length - prefix.length - 1)
  for (let check = 0; check < 10; check += 1) {
    const number = body + check
    const sum = [...number].reverse().reduce((total, figure, place) => {
      const value = Number(figure) * (place % 2 === 1 ? 2 : 1)
      return total + Math.floor(value / 10) + (value % 10)
    }, 0)
    if (sum % 10 === 0) return number
  }
  throw new Error('a check digit exists')
}

/** The account part of some countries in the SWIFT registry: A a letter, 9 a figure. */
const accounts: Readonly<Record<string, string>> = {
  DE: '999999999999999999',
  FR: '99999999999999999999999',
  ES: '99999999999999999999',
  IT: 'A9999999999999999999999',
  GB: 'AAAA99999999999999',
  NL: 'AAAA9999999999',
  AT: '9999999999999999',
  CH: '99999999999999999',
  BE: '999999999999',
  LU: '9999999999999999',
}

export function makeIban(random: Random): string {
  const country = random.pick(Object.keys(accounts))
  const account = (accounts[country] ?? '').replace(/[A9]/g, (kind) =>
    kind === 'A' ? random.letters(1) : random.digits(1),
  )
  const asNumber = `${account}${country}00`.replace(/[A-Z]/g, (letter) =>
    String(parseInt(letter, 36)),
  )
  const check = 98n - (BigInt(asNumber) % 97n)
  return `${country}${String(check).padStart(2, '0')}${account}`
}

const phoneShapes: Readonly<Record<string, readonly string[]>> = {
  en: ['+44 7### ######', '0## #### ####', '+1 (###) 555-####', '07### ### ###', '(2##) ###-####'],
  de: ['+49 17# #######', '017# ########', '030 / ########', '0049 89 ######', '+43 664 #######'],
  fr: [
    '06 ## ## ## ##',
    '+33 6 ## ## ## ##',
    '01.##.##.##.##',
    '0033 7########',
    '+41 79 ### ## ##',
  ],
  es: ['+34 6## ### ###', '6## ## ## ##', '9########', '+52 55 #### ####', '0034 7########'],
  it: ['+39 3## #######', '3## ### ####', '06 ########', '+39 02 ########', '0039 34# #######'],
  hi: ['+91 9#### #####', '09#########', '9#########', '+91-8#########', '022 2### ####'],
}

export function makePhone(random: Random, language: string): string {
  return fill(random.pick(phoneShapes[language] ?? []), random)
}

const passportShapes: Readonly<Record<string, readonly string[]>> = {
  en: ['#########', 'A########'],
  de: ['C01X00T47'.replace(/\d/g, '#'), 'CA#######'],
  fr: ['##AA#####'],
  es: ['AAA######', 'AA######'],
  it: ['AA#######'],
  hi: ['A#######'],
}
const idShapes: Readonly<Record<string, readonly string[]>> = {
  en: ['AA ## ## ## A', '###-##-####', 'A######'],
  de: ['L01X00T47'.replace(/\d/g, '#'), '## ### ### ###'],
  fr: ['1 ## ## ## ### ### ##', '############'],
  es: ['########A', 'X#######A', '######-#######'],
  it: ['AA#####AA', 'AAAAAA##A##A###A'],
  hi: ['#### #### ####', 'AAAAA####A'],
}
const bookingShapes = [
  'AAA###',
  '######',
  'AA-####',
  'A#A#A#',
  '########',
  'AAAAAA',
  'RES-#####',
  '#####A',
]

export const makePassport = (random: Random, language: string) =>
  fill(random.pick(passportShapes[language] ?? []), random)
export const makeId = (random: Random, language: string) =>
  fill(random.pick(idShapes[language] ?? []), random)
export const makeBooking = (random: Random) => fill(random.pick(bookingShapes), random)

function fill(shape: string, random: Random): string {
  return shape.replace(/#|A/g, (kind) => (kind === '#' ? random.digits(1) : random.letters(1)))
}

/** In groups of `size`, parted as people part them. */
export function group(text: string, { size, by }: { size: number; by: string }): string {
  return (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(by)
}

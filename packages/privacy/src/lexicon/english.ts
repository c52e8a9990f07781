import type { Lexicon } from '../lexicon.ts'
import { count } from './build-numbers.ts'
import { phrases, words } from './word-lists.ts'

export const english: Lexicon = {
  numbers: {
    ...count('zero one two three four five six seven eight nine ten eleven twelve thirteen'),
    ...count('fourteen fifteen sixteen seventeen eighteen nineteen', 14),
    ...count('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
    oh: 0,
    nought: 0,
    naught: 0,
    fourty: 40,
  },
  ordinals: {
    ...count('first second third fourth fifth sixth seventh eighth ninth', 1),
    ...count('tenth eleventh twelfth', 10),
    ...count('thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth', 13),
    ...count('twentieth thirtieth', 20, 10),
  },
  hundred: ['hundred'],
  thousand: ['thousand'],
  double: ['double'],
  triple: phrases`triple, treble`,
  months: phrases`
    january, february, march, april, may, june, july, august, september, october, november,
    december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec
  `,
  and: ['and'],
  dateGlue: phrases`of, the, in, on, is, was, and, from, to`,
  pauses: phrases`um, uh, er, erm, then, space, slash, stroke, hyphen`,
  at: phrases`at, at sign, at the rate, at the rate of`,
  dot: phrases`dot, point, period, full stop`,
  dash: phrases`dash, hyphen, minus`,
  underscore: phrases`underscore, under score`,
  contexts: {
    card: phrases`
      card, card number, credit card, debit card, visa, mastercard, amex, cvv, cvc, security code,
      american express, cards, expiry, expires, maestro
    `,
    iban: phrases`iban, account number, bank account`,
    email: phrases`
      email, email address, e mail, mail, mail address, email is, email address is, address is,
      mail is, write to
    `,
    phone: phrases`
      phone, phone number, telephone, mobile, cell, cell phone, call me, call me back, reach me,
      ring me, whatsapp, landline, text me, handy, contact number, extension, fax, calling from,
      callback
    `,
    passport: phrases`passport, passport number, passports`,
    id: phrases`
      licence, license, driver s licence, driver s license, id number, id card,
      identity card number, id card number, identity card, national id, identity number,
      social security, ssn, social security number, national insurance, insurance number,
      tax number, tax id, licence number, license number, driving licence, drivers license,
      driver license, id is, aadhaar, pan card, visa number, membership number,
      identification number
    `,
    'birth-date': phrases`born, birth, date of birth, birthday, birthdate, dob, birth date, d o b`,
    confirmation: phrases`
      ref, my booking is, reservation is, booking is number, confirmation, confirmation number,
      confirmation code, booking number, booking code, booking reference, reservation number,
      reservation code, reference number, booking id, reservation id, my reference, reference is,
      reference, record locator, booking ref, confirmed under number, code is
    `,
  },
  room: phrases`room, suite`,
  number: phrases`number, no, nr, num`,
  units: phrases`
    euro, euros, dollar, dollars, pound, pounds, quid, cent, cents, percent, rupees, francs, night,
    nights, day, days, week, weeks, people, person, persons, guest, guests, adult, adults, child,
    children, kids, room, rooms, bed, beds, minute, minutes, hour, hours, am, pm, clock, metres,
    meters, kilometres, kilometers, miles, square, star, stars, degrees, years, times, bags,
    suitcases, towels, seats, cars, tickets, steps, floor, floors, o
  `,
  nameIs: phrases`
    is under, be under, it s under, booked under, reserved under, my name is, my names, name is,
    the name is, last name is, surname is, first name is, my last name, under the name,
    under the name of, in the name of, my name s, name s, speaking with, i am called, signed,
    my surname, the name of, for the name of, my first name, guest name, called, the guest is,
    booked by, on behalf of
  `,
  mayBeName: phrases`this is, it is, it s, its, i am, im, i m, here is, that is`,
  nameEnds: phrases`speaking, calling, here, on the phone, on the line`,
  nameBefore: ['speaking'],
  titles: phrases`mr, mrs, ms, miss, mister, missus, doctor, dr, professor, prof, sir, madam, dear`,
  notBeforeTitle: phrases`the, no, yes, my, thank, please`,
  particles: phrases`
    van, von, der, den, de, la, le, del, della, di, da, dos, bin, al, el, st, mac, mc, o, zu, ter,
    ten
  `,
  greetings: phrases`
    hello, hi, hey, morning, afternoon, evening, good morning, good afternoon, good evening, hiya
  `,
  ordinary: words`
    a an the and or but if so because that this these those there here where when what which who
    whom whose why how i you he she it we they me him her us them my your his its our their mine
    yours is am are was were be been being do does did done have has had having will would shall
    should can could may might must not no yes yeah yep nope okay ok please thanks thank you sorry
    hello hi hey bye goodbye good great fine nice well very really just only also too still again
    already now then today tomorrow yesterday tonight morning afternoon evening night week weekend
    month year day time at in on of for from to with without by about into over under after before
    until since between during up down out off near room rooms suite double single twin bed beds
    breakfast dinner lunch hotel reservation booking book booked stay check price rate cost pay paid
    payment cash bill invoice name number code phone email mail address card calling call speaking
    speak ask asking tell say said spell spelled spelt need want like looking look wondering wonder
    hoping hope going go come coming leave leaving arrive arriving change cancel confirm confirmed
    make made get got give given take taken see send sent know think guess mean trying try wait hold
    one moment second minute sure right correct wrong true problem question information help free
    available full new old late early next last first another other more less much many few some any
    all both each every everything nothing something anything someone anyone anybody somebody nobody
    guest guests people person family wife husband son daughter child children kids friend colleague
    mother father sir madam reception desk front manager staff business company interested able
    unable happy afraid glad allergic vegetarian vegan tired late lost alone married single pregnant
    disabled pleased ready busy regular urgent important about great perfect lovely wonderful
    awesome amazing ridiculous terrible bad expensive cheap too quite pretty rather actually quick
    regarding concerning possible impossible not never always sometimes maybe perhaps probably
    definitely as than like calling staying booked sending writing paying travelling traveling
    flying driving looking having getting doing back soon dollars euros pounds breakfast parking
    pool spa gym wifi bar restaurant airport station taxi bus train
  `,
}

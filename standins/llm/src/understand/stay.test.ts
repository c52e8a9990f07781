import { describe, expect, it } from 'vitest'
import type { Language } from '../language.ts'
import { lexicons } from './lexicon.ts'
import { readStay, type Stay } from './stay.ts'

function read(
  text: string,
  options: {
    today?: string
    known?: Stay
    asked?: 'dates' | 'nights'
    language?: Language
  } = {},
) {
  const { today = '2026-11-21', known = {}, asked, language = 'en' } = options
  return readStay(text, { known, today, asked, lexicon: lexicons[language] })
}

const saturday = '2026-11-21'
const wednesday = '2026-11-18'
const newYearsEve = '2026-12-31'

describe('readStay', () => {
  it.each([
    [
      'do you have a double room from the third to the fifth of December?',
      '2026-12-03',
      '2026-12-05',
    ],
    ['a double room from the 3rd to the 5th of December.', '2026-12-03', '2026-12-05'],
    ['from december third through fifth', '2026-12-03', '2026-12-05'],
    ['December 3rd to 5th', '2026-12-03', '2026-12-05'],
    ['3 to 5 December', '2026-12-03', '2026-12-05'],
    ['3-5 December', '2026-12-03', '2026-12-05'],
    ['from the third till the fifth december please', '2026-12-03', '2026-12-05'],
    ['december three to december five', '2026-12-03', '2026-12-05'],
    ['from the third of December until the fifth', '2026-12-03', '2026-12-05'],
    ['between the third and the fifth of December', '2026-12-03', '2026-12-05'],
    ['12/3 to 12/5', '2026-12-03', '2026-12-05'],
    ['2026-12-03 to 2026-12-05', '2026-12-03', '2026-12-05'],
    ['from the 3rd to the 5th', '2026-12-03', '2026-12-05'],
    ['December 3rd, 2027 to December 5th, 2027', '2027-12-03', '2027-12-05'],
    ['December third twenty twenty-seven for two nights', '2027-12-03', '2027-12-05'],
    ['the first of may for three nights', '2027-05-01', '2027-05-04'],
    ['on May 1st for three nights', '2027-05-01', '2027-05-04'],
    ['two nights from the tenth of January', '2027-01-10', '2027-01-12'],
    ['Dec. 3rd for one night', '2026-12-03', '2026-12-04'],
    ['twenty-third of December until the twenty sixth', '2026-12-23', '2026-12-26'],
    ['the twenty first to the thirtieth of December', '2026-12-21', '2026-12-30'],
    ['tomorrow for two nights', '2026-11-22', '2026-11-24'],
    ['tomorrow for to nights', '2026-11-22', '2026-11-24'],
    ['the day after tomorrow for a week', '2026-11-23', '2026-11-30'],
    ['tonight', '2026-11-21', '2026-11-22'],
    ['from today until Monday', '2026-11-21', '2026-11-23'],
    ['next Friday until Sunday', '2026-11-27', '2026-11-29'],
    ['from Monday to Wednesday', '2026-11-23', '2026-11-25'],
    ['Friday night', '2026-11-27', '2026-11-28'],
    ['for two nights starting on Friday', '2026-11-27', '2026-11-29'],
    ['this weekend', '2026-11-21', '2026-11-22'],
    ['next weekend', '2026-11-27', '2026-11-29'],
    ['Friday the fourth of December for one night', '2026-12-04', '2026-12-05'],
    ['from December 30 to January 2', '2026-12-30', '2027-01-02'],
    ['from the thirtieth to the second of January', '2026-12-30', '2027-01-02'],
    ["for New Year's Eve for two nights", '2026-12-31', '2027-01-02'],
    ['arriving on the tenth of December and leaving on the twelfth', '2026-12-10', '2026-12-12'],
    ['checking in December tenth, checking out December twelfth', '2026-12-10', '2026-12-12'],
    ['in two weeks for three nights', '2026-12-05', '2026-12-08'],
    ['a week from Friday for two nights', '2026-12-04', '2026-12-06'],
    ['a week from tomorrow for one night', '2026-11-29', '2026-11-30'],
    ['for a week from the third of December', '2026-12-03', '2026-12-10'],
    ['the third until the fifth of next month', '2026-12-03', '2026-12-05'],
    ['for a couple of nights from December the third', '2026-12-03', '2026-12-05'],
  ])('reads "%s"', (text, checkIn, checkOut) => {
    expect(read(text).stay).toMatchObject({ checkIn, checkOut })
  })

  it.each([
    ['from the third two the fifth of desember', '2026-12-03', '2026-12-05'],
    ['form the 3rd to the fith of December', '2026-12-03', '2026-12-05'],
    ['the 3rd of the 5th of December', '2026-12-03', '2026-12-05'],
    ['from the forth to the sixth of December', '2026-12-04', '2026-12-06'],
    ['from the twelveth to the fourteenth of Febuary', '2027-02-12', '2027-02-14'],
    ['for tonight, starting on the tent of August', '2027-08-10', '2027-08-12'],
    ['the twenty third of me for five nights', '2027-05-23', '2027-05-28'],
    ['from the seventeenth until the twenty first of Honest', '2027-08-17', '2027-08-21'],
    ['from artist thirteenth to artist eighteenth', '2027-08-13', '2027-08-18'],
    ['from a pro twenty second through twenty fifth', '2027-04-22', '2027-04-25'],
    ['for the 20th or October for five nights', '2027-10-20', '2027-10-25'],
    ['for the nineteenth of January, four to nine.', '2027-01-19', '2027-01-21'],
    ['for the twentieth of August, four, two nights', '2027-08-20', '2027-08-22'],
    ['for two heights, starting on the 15th of February', '2027-02-15', '2027-02-17'],
    ['the twenty-first-and-march for four nights', '2027-03-21', '2027-03-25'],
    ['from the 16th turn of 21st on August', '2027-08-16', '2027-08-21'],
    ['from the 7th to the 9th of March', '2027-03-07', '2027-03-09'],
    ['tomorrow for two knights', '2026-11-22', '2026-11-24'],
  ])('reads "%s" through the errors of recognition', (text, checkIn, checkOut) => {
    expect(read(text).stay).toMatchObject({ checkIn, checkOut })
  })

  it.each([
    [wednesday, 'this weekend', '2026-11-20', '2026-11-22'],
    [wednesday, 'next weekend', '2026-11-27', '2026-11-29'],
    [wednesday, 'next Friday for one night', '2026-11-27', '2026-11-28'],
    [wednesday, 'on Friday for one night', '2026-11-20', '2026-11-21'],
    [saturday, 'on Saturday for one night', '2026-11-28', '2026-11-29'],
    [newYearsEve, 'tomorrow for two nights', '2027-01-01', '2027-01-03'],
    [newYearsEve, 'tonight', '2026-12-31', '2027-01-01'],
    [newYearsEve, 'from the third to the fifth of January', '2027-01-03', '2027-01-05'],
    [newYearsEve, 'from the third to the fifth of December', '2027-12-03', '2027-12-05'],
    [newYearsEve, 'from the third to the fifth', '2027-01-03', '2027-01-05'],
    ['2026-12-04', 'from the third to the fifth of December', '2027-12-03', '2027-12-05'],
    ['2026-12-03', 'from the third to the fifth of December', '2026-12-03', '2026-12-05'],
    ['2027-02-27', 'from the 29th of February for one night', '2028-02-29', '2028-03-01'],
    ['2026-01-31', 'tomorrow for a week', '2026-02-01', '2026-02-08'],
  ])('on %s, reads "%s"', (today, text, checkIn, checkOut) => {
    expect(read(text, { today }).stay).toMatchObject({ checkIn, checkOut })
  })

  it.each<[Language, string, string, string]>([
    ['de', 'vom dritten bis zum fünften Dezember', '2026-12-03', '2026-12-05'],
    ['de', 'vom 3. bis 5. Dezember', '2026-12-03', '2026-12-05'],
    ['de', '3.12. bis 5.12.2026', '2026-12-03', '2026-12-05'],
    ['de', 'morgen für zwei Nächte', '2026-11-22', '2026-11-24'],
    ['fr', 'du 3 au 5 décembre', '2026-12-03', '2026-12-05'],
    ['fr', 'demain pour deux nuits', '2026-11-22', '2026-11-24'],
    ['es', 'del 3 al 5 de diciembre', '2026-12-03', '2026-12-05'],
    ['es', 'mañana por dos noches', '2026-11-22', '2026-11-24'],
    ['it', "dall'8 al 10 dicembre", '2026-12-08', '2026-12-10'],
    ['hi', '3 दिसंबर से 5 दिसंबर तक', '2026-12-03', '2026-12-05'],
  ])('in %s, reads "%s"', (language, text, checkIn, checkOut) => {
    expect(read(text, { language }).stay).toMatchObject({ checkIn, checkOut })
  })

  it.each([
    'how much is a double room per night',
    'the first room, please',
    'just a second please',
    'may I have a room',
    'first, I would like to ask something',
    'is breakfast included',
    'do you have a room for two people',
  ])('reads no date from "%s"', (text) => {
    expect(read(text)).toMatchObject({ hasDates: false, isImpossible: false })
  })

  it('asks for the day of arrival only as far as it is not known', () => {
    expect(read('for three nights').stay).toEqual({ nights: 3 })
    expect(read('on the tenth', { known: { nights: 3 } }).stay).toMatchObject({
      checkIn: '2026-12-10',
      checkOut: '2026-12-13',
    })
  })

  it.each([
    ['actually from the fourth', '2026-12-04', '2026-12-05'],
    ['no, until the seventh', '2026-12-03', '2026-12-07'],
    ['make it three nights', '2026-12-03', '2026-12-06'],
    ['sorry, from the tenth', '2026-12-10', '2026-12-12'],
    ['and what about next weekend', '2026-11-27', '2026-11-29'],
    ['not the third but the fourth', '2026-12-04', '2026-12-05'],
  ])('changes a known stay by "%s"', (text, checkIn, checkOut) => {
    const known = { checkIn: '2026-12-03', checkOut: '2026-12-05', nights: 2 }
    expect(read(text, { known }).stay).toMatchObject({ checkIn, checkOut })
  })

  it('takes the last word when the caller corrects in one breath', () => {
    const { stay } = read('from the third, no, the fourth to the sixth of December')
    expect(stay).toMatchObject({ checkIn: '2026-12-04', checkOut: '2026-12-06' })
  })

  it('takes a bare number as nights, or as days, by what was asked', () => {
    const known = { checkIn: '2026-12-03' }
    expect(read('two', { known, asked: 'nights' }).stay).toMatchObject({ checkOut: '2026-12-05' })
    expect(read('until the sixth', { known, asked: 'nights' }).stay).toMatchObject({
      checkOut: '2026-12-06',
    })
    expect(read('three to five', { asked: 'dates' }).stay).toMatchObject({
      checkIn: '2026-12-03',
      checkOut: '2026-12-05',
    })
  })

  it('takes "tonight" for two nights where nights were asked for', () => {
    const known = { checkIn: '2026-12-03' }
    expect(read('Tonight.', { known, asked: 'nights' }).stay).toMatchObject({
      checkIn: '2026-12-03',
      checkOut: '2026-12-05',
    })
  })

  it('remembers a month that was said alone', () => {
    const { stay } = read('sometime in January')
    expect(read('from the third to the fifth', { known: stay }).stay).toMatchObject({
      checkIn: '2027-01-03',
      checkOut: '2027-01-05',
    })
  })

  it('says when there is no such day', () => {
    expect(read('the 31st of November for one night').isImpossible).toBe(true)
  })

  it.each([
    ['a room for two from December 3rd to 5th', 2],
    ['for two adults and one child', 3],
    ['for my wife and me', 2],
    ['just me', 1],
    ['for to people', 2],
  ])('counts the guests of "%s"', (text, guests) => {
    expect(read(text).stay.guests).toBe(guests)
  })
})

import type { PiiCategory } from '../../../src/index.ts'

export const english: Readonly<Record<PiiCategory, readonly string[]>> = {
  card: [
    'it is @',
    'please charge @',
    'the number on the front reads @ okay',
    'you can put it on my visa @ thanks',
    '@',
    'so that would be @ and the name is on the back',
  ],
  iban: [
    'refund it to @ please',
    'my iban is @',
    '@',
    'the account would be @ thank you',
    'you can transfer the deposit back to @',
  ],
  email: [
    'my email is @',
    'please send the invoice to @',
    'you can write to @ any time',
    'it is @ all lower case',
    'send it over to @ thanks',
  ],
  phone: [
    'my number is @',
    'you can call me back on @',
    'please ring me at @ if anything changes',
    'my mobile number is @ thanks',
    'the best phone number for me is @',
  ],
  passport: [
    'my passport number is @',
    'the passport says @',
    'passport @',
    'the number in my passport would be @ okay',
  ],
  id: [
    'my id number is @',
    'my national insurance number is @',
    'the identity card number is @',
    'my driving licence is @',
  ],
  'birth-date': [
    'i was born on @',
    'my date of birth is @',
    'date of birth @',
    'his birthday is @ if you need it',
  ],
  room: [
    "i'm in room @",
    'could you send towels to room number @ please',
    'this is room @ calling',
    'the bill for room @ please',
  ],
  confirmation: [
    'my confirmation number is @',
    'the booking reference is @',
    'i have a reservation number @',
    'confirmation code @ please',
  ],
  name: [
    'my name is @',
    'the reservation is under the name @',
    'hello this is @',
    'the last name is @ thanks',
    'mister @ is waiting downstairs',
    "good morning i'm @ and i have a booking",
  ],
}

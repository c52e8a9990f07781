import type { Phrases, StayWords } from './phrases.ts'

export const en: Phrases = {
  questions: {
    help: ['How can I help you?', 'What can I do for you?'],
    dates: [
      'From which day to which day would you like to stay?',
      'Which day would you arrive, and which day would you leave?',
      'Please tell me the dates, for example from the tenth to the twelfth of March.',
    ],
    arrival: ['On which day would you arrive?', 'What would be the day of your arrival?'],
    nights: ['How many nights would you like to stay?', 'Until which day would you like to stay?'],
    'room-type': ['What kind of room would you like?', 'Which room would you prefer?'],
    name: [
      'Under what name may I book it?',
      'What is the name for the booking, please?',
      'Could you tell me the first and last name for the booking?',
    ],
    number: [
      'What is the reservation number, or the first and last name it is under?',
      'Could you give me the reservation number, or your first and last name?',
    ],
    offer: ['Shall I book it for you?', 'Would you like me to book it?'],
    confirm: ['Is that right, and shall I book it now?', 'Shall I make this booking now?'],
    alternative: ['Would you like to try other dates or another room?'],
    'what-to-change': ['What should I change?'],
    else: ['Is there anything else I can do for you?', 'Can I help you with anything else?'],
  },
  greeting: 'Hello!',
  howAreYou: 'I am well, thank you for asking.',
  ai: 'I am an AI assistant, not a human, and I answer the phone for the hotel.',
  noPerson: 'I am sorry, I cannot put you through to a person from here.',
  welcome: 'You are welcome.',
  goodbye: [
    'Thank you for your call, and goodbye!',
    'Goodbye, and have a nice day!',
    'Thank you for calling. Goodbye!',
  ],
  wait: 'Of course, take your time.',
  presence: 'Yes, I can hear you.',
  allRight: 'All right.',
  notUnderstood: [
    'I am sorry, I did not quite understand that.',
    'Sorry, I did not catch that.',
    'I am afraid I still did not understand you. Please say it in other words.',
  ],
  abilities: {
    rooms: 'check rooms and prices',
    book: 'make a booking',
    lookup: 'look up a reservation',
    info: 'answer questions about the hotel',
  },
  canDo: (abilities) => `I can ${abilities.join(', ').replace(/, ([^,]*)$/, ' or $1')}.`,
  cannot: {
    rooms: 'I am sorry, I cannot check rooms on this line.',
    book: 'I am sorry, I cannot make bookings on this line.',
    lookup: 'I am sorry, I cannot look up reservations on this line.',
    info: 'I am sorry, I have no information about the hotel on this line.',
    change: 'I am sorry, I cannot change or cancel reservations on this line.',
  },
  failed: 'I am sorry, that did not work just now.',
  impossibleDate: 'I am sorry, those dates do not work out.',
  roomName: (type) =>
    /room|suite|studio|apartment|penthouse|dorm/i.test(type) ? type : `${type} room`,
  aRoom: (name) => `${/^[aeio]/i.test(name) ? 'an' : 'a'} ${name}`,
  anyRoom: 'a room',
  and: 'and',
  or: 'or',
  available: (words) => `Yes, we have ${words.room} ${words.stay}.${prices(words)}`,
  options: (stay, rooms) =>
    `Yes, ${stay} we have ${rooms.join(', ').replace(/, ([^,]*)$/, ' and $1')}.`,
  option: (room, perNight) => (perNight ? `${room} for ${perNight} a night` : room),
  unavailable: ({ room, stay }) => `I am sorry, ${room} is not available ${stay}.`,
  otherRooms: (rooms) => `What we do have is ${rooms}.`,
  roomTypes: (rooms) => `We have ${rooms}.`,
  readBack: ({ room, stay, total, name }) =>
    `So that is ${room} ${stay}${total ? `, ${total} in all` : ''}, for ${name}.`,
  booked: ({ room, stay, total, name, number }) =>
    `Your booking is made: ${room} ${stay}${name ? ` for ${name}` : ''}${total ? `, ${total} in all` : ''}.${number ? ` The reservation number is ${number}.` : ''}`,
  onlyOne: 'No second room was booked.',
  notBooked: 'I am sorry, the booking was not made.',
  retry: 'I could not book it just now.',
  found: ({ name, room, stay }) =>
    `I found the reservation${name ? ` of ${name}` : ''}${room || stay ? ':' : ''}${room ? ` ${room}` : ''}${stay ? ` ${stay}` : ''}.`,
  notFound: 'I am sorry, I cannot find such a reservation.',
  ambiguous: 'More than one guest could be meant.',
  notOffered: 'I am sorry, we do not have that kind of room.',
  tooManyGuests: 'I am sorry, that is too many guests for this room.',
  unknownOutcome:
    'I am sorry, I do not know yet whether the booking went through. Please call again a little later.',
  noInfo: 'I am sorry, I have no information about that.',
  topics: (topics) => `I can tell you about ${topics}.`,
}

function prices({ perNight, total }: StayWords): string {
  if (perNight && total && perNight !== total) return ` It is ${perNight} a night, ${total} in all.`
  if (perNight) return ` It is ${perNight} a night.`
  return total ? ` It is ${total} in all.` : ''
}

import type { Phrases } from './phrases.ts'

export const de: Phrases = {
  questions: {
    help: ['Wie kann ich Ihnen helfen?', 'Was kann ich für Sie tun?'],
    dates: [
      'Von wann bis wann möchten Sie bleiben?',
      'An welchem Tag reisen Sie an, und an welchem ab?',
    ],
    arrival: ['An welchem Tag möchten Sie anreisen?'],
    nights: ['Wie viele Nächte möchten Sie bleiben?', 'Bis zu welchem Tag möchten Sie bleiben?'],
    'room-type': ['Welches Zimmer möchten Sie?'],
    name: ['Auf welchen Namen darf ich buchen?', 'Wie ist der Name für die Buchung?'],
    number: ['Wie lautet die Reservierungsnummer, oder der Vor- und Nachname?'],
    offer: ['Soll ich es für Sie buchen?'],
    confirm: ['Ist das richtig, und soll ich jetzt buchen?'],
    alternative: ['Möchten Sie andere Tage oder ein anderes Zimmer versuchen?'],
    'what-to-change': ['Was soll ich ändern?'],
    else: ['Kann ich sonst noch etwas für Sie tun?'],
  },
  greeting: 'Guten Tag!',
  howAreYou: 'Danke, mir geht es gut.',
  ai: 'Ich bin eine KI-Assistentin, kein Mensch, und beantworte die Anrufe des Hotels.',
  noPerson: 'Es tut mir leid, ich kann Sie von hier nicht verbinden.',
  welcome: 'Gern geschehen.',
  goodbye: [
    'Vielen Dank für Ihren Anruf. Auf Wiederhören!',
    'Auf Wiederhören, und einen schönen Tag!',
  ],
  wait: 'Lassen Sie sich Zeit.',
  presence: 'Ja, ich höre Sie.',
  allRight: 'In Ordnung.',
  notUnderstood: [
    'Entschuldigung, das habe ich nicht verstanden.',
    'Das habe ich leider wieder nicht verstanden. Bitte sagen Sie es mit anderen Worten.',
  ],
  abilities: {
    rooms: 'Zimmer und Preise nachsehen',
    book: 'ein Zimmer buchen',
    lookup: 'eine Reservierung nachsehen',
    info: 'Fragen zum Hotel beantworten',
  },
  canDo: (abilities) => `Ich kann ${abilities.join(', ').replace(/, ([^,]*)$/, ' oder $1')}.`,
  cannot: {
    rooms: 'Es tut mir leid, Zimmer kann ich hier nicht nachsehen.',
    book: 'Es tut mir leid, buchen kann ich hier nicht.',
    lookup: 'Es tut mir leid, Reservierungen kann ich hier nicht nachsehen.',
    info: 'Es tut mir leid, dazu habe ich hier keine Auskunft.',
    change: 'Es tut mir leid, ändern oder stornieren kann ich hier nicht.',
  },
  failed: 'Es tut mir leid, das hat gerade nicht geklappt.',
  impossibleDate: 'Es tut mir leid, diese Tage passen nicht zusammen.',
  roomName: (type) => type,
  aRoom: (name) => name,
  anyRoom: 'ein Zimmer',
  and: 'und',
  or: 'oder',
  available: ({ room, stay, perNight, total }) =>
    `Ja, frei ist: ${room}, ${stay}.${perNight ? ` Das kostet ${perNight} pro Nacht${total ? `, ${total} insgesamt` : ''}.` : total ? ` Das kostet ${total} insgesamt.` : ''}`,
  options: (stay, rooms) =>
    `Ja, ${stay} haben wir ${rooms.join(', ').replace(/, ([^,]*)$/, ' und $1')}.`,
  option: (room, perNight) => (perNight ? `${room} für ${perNight} pro Nacht` : room),
  unavailable: ({ room, stay }) => `Es tut mir leid, ${stay} ist nicht frei: ${room}.`,
  otherRooms: (rooms) => `Frei ist noch: ${rooms}.`,
  roomTypes: (rooms) => `Wir haben: ${rooms}.`,
  readBack: ({ room, stay, total, name }) =>
    `Also ${room}, ${stay}${total ? `, ${total} insgesamt` : ''}, auf den Namen ${name}.`,
  booked: ({ room, stay, total, name, number }) =>
    `Ihre Buchung ist gemacht: ${room}, ${stay}${name ? `, auf den Namen ${name}` : ''}${total ? `, ${total} insgesamt` : ''}.${number ? ` Die Reservierungsnummer ist ${number}.` : ''}`,
  onlyOne: 'Ein zweites Zimmer ist nicht gebucht.',
  notBooked: 'Es tut mir leid, die Buchung wurde nicht gemacht.',
  retry: 'Ich konnte gerade nicht buchen.',
  found: ({ name, room, stay }) =>
    `Ich habe die Reservierung gefunden${name ? `, auf den Namen ${name}` : ''}${room ? `: ${room}` : ''}${stay ? `, ${stay}` : ''}.`,
  notFound: 'Es tut mir leid, eine solche Reservierung finde ich nicht.',
  ambiguous: 'Das könnten mehrere Gäste sein.',
  notOffered: 'Es tut mir leid, ein solches Zimmer haben wir nicht.',
  tooManyGuests: 'Es tut mir leid, für so viele Gäste ist das Zimmer zu klein.',
  unknownOutcome:
    'Es tut mir leid, ich weiß noch nicht, ob die Buchung gelungen ist. Bitte rufen Sie etwas später noch einmal an.',
  noInfo: 'Es tut mir leid, dazu habe ich keine Auskunft.',
  topics: (topics) => `Auskunft habe ich über ${topics}.`,
}

import { describe, expect, it } from 'vitest'
import { createExpectationReader, type Expectation } from './read-expectation.ts'

const read = createExpectationReader()

/** What the words were written with. */
const known: Readonly<Record<string, readonly (readonly [Expectation, string])[]>> = {
  en: [
    ['free', 'How can I help you?'],
    ['date', 'From which day to which day would you like to stay?'],
    ['date', 'Which day would you arrive, and which day would you leave?'],
    ['free', 'How many nights would you like to stay?'],
    ['free', 'What kind of room would you like?'],
    ['free', 'Under what name may I book it?'],
    ['digits', 'What is the reservation number, or the first and last name it is under?'],
    ['yes-no', 'Shall I book it for you?'],
    ['yes-no', 'It is 120 euros a night. Is that right, and shall I book it now?'],
    ['yes-no', 'So that is a double room for Anna Berg, is that correct?'],
    ['free', 'Is there anything else I can do for you?'],
    ['spelling', 'Could you spell your last name for me, please?'],
    ['spelling', 'What is your e-mail address?'],
    ['digits', 'Please enter your four digit code.'],
    ['free', 'Would you like a single room or a double room?'],
    ['yes-no', 'Would you like breakfast? It is twelve euros. Many guests take it.'],
    ['free', 'Goodbye, and have a nice day!'],
  ],
  de: [
    ['free', 'Wie kann ich Ihnen helfen?'],
    ['date', 'Von wann bis wann möchten Sie bleiben?'],
    ['date', 'An welchem Tag möchten Sie anreisen?'],
    ['free', 'Wie viele Nächte möchten Sie bleiben?'],
    ['free', 'Welches Zimmer möchten Sie?'],
    ['digits', 'Wie lautet die Reservierungsnummer, oder der Vor- und Nachname?'],
    ['yes-no', 'Soll ich es für Sie buchen?'],
    ['yes-no', 'Das macht 120 Euro. Ist das richtig?'],
    ['yes-no', 'Sie reisen am Freitag an, oder?'],
    ['free', 'Kann ich sonst noch etwas für Sie tun?'],
    ['spelling', 'Könnten Sie Ihren Namen bitte buchstabieren?'],
    ['digits', 'Bitte sagen Sie mir Ihre Telefonnummer.'],
    ['digits', 'Haben Sie eine Kundennummer?'],
    ['free', 'Möchten Sie ein Einzelzimmer oder ein Doppelzimmer?'],
    ['free', 'Auf Wiederhören, und einen schönen Tag!'],
  ],
  fr: [
    ['free', 'Comment puis-je vous aider ?'],
    ['date', 'De quelle date à quelle date souhaitez-vous rester ?'],
    ['date', 'Quel jour souhaitez-vous arriver ?'],
    ['free', 'Combien de nuits souhaitez-vous rester ?'],
    ['free', 'Quelle chambre souhaitez-vous ?'],
    ['digits', 'Quel est le numéro de réservation, ou le nom ?'],
    ['yes-no', 'Voulez-vous que je la réserve ?'],
    ['yes-no', "C'est au nom de Martin, c'est bien ça ?"],
    ['yes-no', 'Est-ce que vous voulez le petit-déjeuner ?'],
    ['free', 'Puis-je faire autre chose pour vous ?'],
    ['spelling', 'Pouvez-vous épeler votre nom ?'],
    ['digits', 'Donnez-moi votre numéro de téléphone.'],
    ['date', 'Quand arrivez-vous ?'],
    ['free', 'Préférez-vous une chambre simple ou double ?'],
    ['free', 'Merci de votre appel.'],
  ],
  es: [
    ['free', '¿En qué puedo ayudarle?'],
    ['date', '¿De qué día a qué día desea quedarse?'],
    ['free', '¿Cuántas noches desea quedarse?'],
    ['free', '¿Qué habitación desea?'],
    ['digits', '¿Cuál es el número de reserva, o el nombre?'],
    ['yes-no', '¿Quiere que la reserve?'],
    ['yes-no', 'Son 240 euros en total, ¿es correcto?'],
    ['free', '¿Desea algo más?'],
    ['spelling', '¿Puede deletrear su apellido?'],
    ['digits', 'Dígame su número de teléfono, por favor.'],
    ['date', '¿Cuándo llega?'],
    ['yes-no', '¿Tiene mascota?'],
    ['digits', '¿Tiene un número de cliente?'],
    ['free', '¿Prefiere una habitación individual o doble?'],
    ['free', 'Gracias por llamar. ¡Adiós!'],
  ],
  it: [
    ['free', 'Come posso aiutarla?'],
    ['date', 'Da che giorno a che giorno vorrebbe restare?'],
    ['free', 'Quante notti vorrebbe restare?'],
    ['free', 'Quale camera desidera?'],
    ['free', 'A che nome faccio la prenotazione?'],
    ['digits', 'Qual è il numero di prenotazione, o il nome?'],
    ['yes-no', 'Vuole che la prenoti?'],
    ['yes-no', 'Sono 240 euro in tutto, è corretto?'],
    ['free', 'Posso fare altro per lei?'],
    ['spelling', 'Può dirmi il cognome lettera per lettera?'],
    ['digits', 'Mi dica il suo numero di telefono.'],
    ['date', 'Quando arriva?'],
    ['yes-no', 'Ha un animale con sé?'],
    ['free', 'Preferisce una camera singola o doppia?'],
    ['free', 'Grazie per aver chiamato.'],
  ],
  hi: [
    ['free', 'मैं आपकी क्या मदद कर सकती हूँ?'],
    ['date', 'आप किस तारीख से किस तारीख तक रुकना चाहेंगे?'],
    ['date', 'आप कब आएँगे?'],
    ['free', 'आप कितनी रातें रुकना चाहेंगे?'],
    ['free', 'आपको कौन सा कमरा चाहिए?'],
    ['free', 'बुकिंग किस नाम से करूँ?'],
    ['yes-no', 'क्या मैं इसे आपके लिए बुक कर दूँ?'],
    ['yes-no', 'कुल 240 यूरो, सही है?'],
    ['free', 'मैं क्या बदलूँ?'],
    ['free', 'क्या मैं और कुछ मदद कर सकती हूँ?'],
    ['spelling', 'अपने नाम की वर्तनी बताइए।'],
    ['digits', 'अपना फ़ोन नंबर बताइए।'],
    ['digits', 'क्या आपके पास बुकिंग नंबर है?'],
    ['yes-no', 'क्या आपको नाश्ता चाहिए होगा, हाँ या नहीं?'],
    ['free', 'फ़ोन करने के लिए धन्यवाद। नमस्ते।'],
  ],
}

describe('what a reply waits for', () => {
  for (const [language, sentences] of Object.entries(known)) {
    it.each(sentences)(`${language}: %s after “%s”`, (expected, text) => {
      expect(read(text, language)).toBe(expected)
    })
  }

  it('follows a reply as it is said, sentence by sentence', () => {
    const sentences = [
      'Would you like to arrive on Friday,',
      'or rather on Saturday?',
      'What is your phone number?',
    ]
    const seen = sentences.map((_, index) => read(sentences.slice(0, index + 1).join(' '), 'en'))
    expect(seen).toEqual(['free', 'free', 'digits'])
  })

  it('forgets a question when three sentences have followed it', () => {
    expect(read('Is that right? One. Two. Three.', 'en')).toBe('free')
  })
})

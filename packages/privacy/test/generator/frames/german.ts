import type { PiiCategory } from '../../../src/index.ts'

export const german: Readonly<Record<PiiCategory, readonly string[]>> = {
  card: [
    'das wäre die @',
    'bitte buchen sie es von @ ab',
    'meine kartennummer ist @',
    '@',
    'auf der karte steht @ danke',
  ],
  iban: [
    'meine iban lautet @',
    'überweisen sie es bitte auf @',
    '@',
    'das konto ist @ vielen dank',
  ],
  email: [
    'meine e-mail ist @',
    'schicken sie die rechnung bitte an @',
    'sie können mir unter @ schreiben',
    'die adresse lautet @ alles klein',
  ],
  phone: [
    'meine telefonnummer ist @',
    'sie erreichen mich unter @',
    'rufen sie mich bitte unter @ zurück',
    'meine handynummer wäre @ danke',
  ],
  passport: [
    'meine passnummer ist @',
    'im reisepass steht @',
    'reisepass nummer @',
    'die nummer vom pass ist @ bitte',
  ],
  id: [
    'meine ausweisnummer ist @',
    'auf dem personalausweis steht @',
    'die steuernummer lautet @',
    'mein führerschein hat die nummer @',
  ],
  'birth-date': [
    'ich bin am @ geboren',
    'mein geburtsdatum ist der @',
    'geboren @',
    'sie hat am @ geburtstag',
  ],
  room: [
    'ich bin in zimmer @',
    'bitte handtücher auf zimmer nummer @',
    'hier ist zimmer @',
    'die rechnung für zimmer @ bitte',
  ],
  confirmation: [
    'meine buchungsnummer ist @',
    'die reservierungsnummer lautet @',
    'ich habe den buchungscode @',
    'bestätigungsnummer @ bitte',
  ],
  name: [
    'mein name ist @',
    'ich heiße @',
    'die reservierung läuft auf den namen @',
    'guten tag hier spricht @',
    'herr @ wartet unten',
    'hallo hier ist @',
  ],
}

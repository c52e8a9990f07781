import type { PiiCategory } from '../../../src/index.ts'

export const italian: Readonly<Record<PiiCategory, readonly string[]>> = {
  card: [
    'allora è la @',
    'addebiti sulla @ per favore',
    'il numero della carta è @',
    '@',
    'sulla carta c’è scritto @ grazie',
  ],
  iban: ['il mio iban è @', 'faccia il bonifico su @ per favore', '@', 'il conto è @ grazie'],
  email: [
    'la mia email è @',
    'mandi la fattura a @ per favore',
    'mi può scrivere a @',
    'l’indirizzo è @ tutto minuscolo',
  ],
  phone: [
    'il mio numero di telefono è @',
    'mi può richiamare al @',
    'il mio cellulare è @ grazie',
    'mi chiami al @ se cambia qualcosa',
  ],
  passport: [
    'il numero del passaporto è @',
    'sul passaporto c’è @',
    'passaporto @',
    'il mio passaporto è il @ va bene',
  ],
  id: [
    'il mio codice fiscale è @',
    'la carta d’identità è la @',
    'il numero di documento è @',
    'la patente è la @',
  ],
  'birth-date': [
    'sono nato il @',
    'la mia data di nascita è il @',
    'nata il @',
    'il suo compleanno è il @',
  ],
  room: [
    'sono nella camera @',
    'asciugamani per la camera numero @ per favore',
    'chiamo dalla camera @',
    'il conto della stanza @',
  ],
  confirmation: [
    'il numero di prenotazione è @',
    'il codice di conferma è @',
    'ho il codice prenotazione @',
    'numero di conferma @ per favore',
  ],
  name: [
    'mi chiamo @',
    'il mio nome è @',
    'la prenotazione è a nome di @',
    'buongiorno sono @',
    'il signor @ aspetta giù',
    'pronto qui parla @',
  ],
}

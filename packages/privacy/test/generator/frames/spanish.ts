import type { PiiCategory } from '../../../src/index.ts'

export const spanish: Readonly<Record<PiiCategory, readonly string[]>> = {
  card: [
    'es la @',
    'cárguelo a la @ por favor',
    'mi número de tarjeta es @',
    '@',
    'en la tarjeta pone @ gracias',
  ],
  iban: [
    'mi iban es @',
    'haga la transferencia a @ por favor',
    '@',
    'el número de cuenta es @ gracias',
  ],
  email: [
    'mi correo es @',
    'mande la factura a @ por favor',
    'me puede escribir a @',
    'el email es @ todo en minúsculas',
  ],
  phone: [
    'mi teléfono es el @',
    'me puede llamar al @',
    'mi móvil es el @ gracias',
    'mi número de teléfono es @',
  ],
  passport: [
    'mi número de pasaporte es @',
    'en el pasaporte pone @',
    'pasaporte @',
    'el número del pasaporte es el @ vale',
  ],
  id: [
    'mi dni es @',
    'el número de identidad es @',
    'mi documento es el @',
    'el carné de conducir es el @',
  ],
  'birth-date': [
    'nací el @',
    'mi fecha de nacimiento es el @',
    'nacida el @',
    'su cumpleaños es el @',
  ],
  room: [
    'estoy en la habitación @',
    'toallas para la habitación número @ por favor',
    'llamo de la habitación @',
    'la cuenta de la habitación @',
  ],
  confirmation: [
    'mi número de reserva es @',
    'el localizador es @',
    'tengo el código de confirmación @',
    'número de confirmación @ por favor',
  ],
  name: [
    'me llamo @',
    'mi nombre es @',
    'la reserva está a nombre de @',
    'hola soy @',
    'el señor @ espera abajo',
    'buenas tardes le habla @',
  ],
}

import type { PiiCategory } from '../../../src/index.ts'

export const french: Readonly<Record<PiiCategory, readonly string[]>> = {
  card: [
    'alors c’est la @',
    'vous pouvez débiter la @',
    'mon numéro de carte est @',
    '@',
    'sur la carte il y a @ merci',
  ],
  iban: [
    'mon iban est @',
    'faites le virement sur @ s’il vous plaît',
    '@',
    'le compte c’est @ merci',
  ],
  email: [
    'mon adresse mail est @',
    'envoyez la facture à @',
    'vous pouvez écrire à @',
    'mon mail c’est @ tout en minuscules',
  ],
  phone: [
    'mon numéro de téléphone est le @',
    'vous pouvez me rappeler au @',
    'mon portable c’est le @',
    'on peut me joindre au @ merci',
  ],
  passport: [
    'mon numéro de passeport est @',
    'sur le passeport il y a @',
    'passeport @',
    'le numéro du passeport c’est le @ voilà',
  ],
  id: [
    'ma carte d’identité porte le numéro @',
    'mon numéro de sécurité sociale est le @',
    'pièce d’identité @',
    'mon permis de conduire c’est le @',
  ],
  'birth-date': [
    'je suis né le @',
    'ma date de naissance est le @',
    'née le @',
    'son anniversaire c’est le @',
  ],
  room: [
    'je suis dans la chambre @',
    'des serviettes pour la chambre numéro @ s’il vous plaît',
    'ici la chambre @',
    'la note de la chambre @',
  ],
  confirmation: [
    'mon numéro de réservation est le @',
    'la référence c’est @',
    'j’ai le numéro de confirmation @',
    'numéro de dossier @ s’il vous plaît',
  ],
  name: [
    'je m’appelle @',
    'mon nom est @',
    'la réservation est au nom de @',
    'bonjour c’est @ à l’appareil',
    'monsieur @ attend en bas',
    'bonjour c’est @',
  ],
}

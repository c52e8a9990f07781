import type { Phrases } from './phrases.ts'

export const fr: Phrases = {
  questions: {
    help: ['Comment puis-je vous aider ?', 'Que puis-je faire pour vous ?'],
    dates: [
      'De quelle date à quelle date souhaitez-vous rester ?',
      'Quel jour arrivez-vous, et quel jour partez-vous ?',
    ],
    arrival: ['Quel jour souhaitez-vous arriver ?'],
    nights: ['Combien de nuits souhaitez-vous rester ?'],
    'room-type': ['Quelle chambre souhaitez-vous ?'],
    name: ['À quel nom dois-je réserver ?'],
    number: ['Quel est le numéro de réservation, ou le nom ?'],
    offer: ['Voulez-vous que je la réserve ?'],
    confirm: ['Est-ce exact, et dois-je réserver maintenant ?'],
    alternative: ["Voulez-vous essayer d'autres dates ou une autre chambre ?"],
    'what-to-change': ['Que dois-je changer ?'],
    else: ['Puis-je faire autre chose pour vous ?'],
  },
  greeting: 'Bonjour !',
  howAreYou: 'Je vais bien, merci.',
  ai: "Je suis une assistante IA, pas un être humain, et je réponds au téléphone pour l'hôtel.",
  noPerson: 'Je suis désolée, je ne peux pas vous passer une personne.',
  welcome: 'Je vous en prie.',
  goodbye: ['Merci de votre appel, au revoir !', 'Au revoir, et bonne journée !'],
  wait: 'Prenez votre temps.',
  presence: 'Oui, je vous entends.',
  allRight: 'Très bien.',
  notUnderstood: [
    "Pardon, je n'ai pas bien compris.",
    "Je n'ai toujours pas compris. Pouvez-vous le dire autrement ?",
  ],
  abilities: {
    rooms: 'vérifier les chambres et les prix',
    book: 'réserver une chambre',
    lookup: 'retrouver une réservation',
    info: "répondre aux questions sur l'hôtel",
  },
  canDo: (abilities) => `Je peux ${abilities.join(', ').replace(/, ([^,]*)$/, ' ou $1')}.`,
  cannot: {
    rooms: 'Je suis désolée, je ne peux pas vérifier les chambres ici.',
    book: 'Je suis désolée, je ne peux pas réserver ici.',
    lookup: 'Je suis désolée, je ne peux pas consulter les réservations ici.',
    info: "Je suis désolée, je n'ai pas cette information ici.",
    change: 'Je suis désolée, je ne peux ni modifier ni annuler ici.',
  },
  failed: "Je suis désolée, cela n'a pas marché.",
  impossibleDate: 'Je suis désolée, ces dates ne vont pas ensemble.',
  roomName: (type) => type,
  aRoom: (name) => name,
  anyRoom: 'une chambre',
  and: 'et',
  or: 'ou',
  available: ({ room, stay, perNight, total }) =>
    `Oui, nous avons : ${room}, ${stay}.${perNight ? ` C'est ${perNight} la nuit${total ? `, ${total} en tout` : ''}.` : total ? ` C'est ${total} en tout.` : ''}`,
  options: (stay, rooms) =>
    `Oui, ${stay} nous avons ${rooms.join(', ').replace(/, ([^,]*)$/, ' et $1')}.`,
  option: (room, perNight) => (perNight ? `${room} à ${perNight} la nuit` : room),
  unavailable: ({ room, stay }) => `Je suis désolée, ${stay} ce n'est pas libre : ${room}.`,
  otherRooms: (rooms) => `Il nous reste : ${rooms}.`,
  roomTypes: (rooms) => `Nous avons : ${rooms}.`,
  readBack: ({ room, stay, total, name }) =>
    `Donc ${room}, ${stay}${total ? `, ${total} en tout` : ''}, au nom de ${name}.`,
  booked: ({ room, stay, total, name, number }) =>
    `Votre réservation est faite : ${room}, ${stay}${name ? `, au nom de ${name}` : ''}${total ? `, ${total} en tout` : ''}.${number ? ` Le numéro de réservation est ${number}.` : ''}`,
  notBooked: "Je suis désolée, la réservation n'a pas été faite.",
  retry: "Je n'ai pas pu réserver.",
  found: ({ name, room, stay }) =>
    `J'ai trouvé la réservation${name ? ` au nom de ${name}` : ''}${room ? ` : ${room}` : ''}${stay ? `, ${stay}` : ''}.`,
  notFound: 'Je suis désolée, je ne trouve pas cette réservation.',
  ambiguous: 'Il peut s’agir de plusieurs clients.',
  notOffered: 'Je suis désolée, nous n’avons pas ce type de chambre.',
  tooManyGuests: 'Je suis désolée, cette chambre est trop petite.',
  unknownOutcome:
    'Je suis désolée, je ne sais pas encore si la réservation est passée. Rappelez un peu plus tard.',
  noInfo: "Je suis désolée, je n'ai pas cette information.",
  topics: (topics) => `Je peux vous renseigner sur ${topics}.`,
}

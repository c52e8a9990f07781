import { fold } from './words.ts'

/** What guests of any hotel ask about: a name for it, and the words that mean it. */
const topics: Readonly<Record<string, RegExp>> = {
  breakfast:
    /\b(breakfasts?|breakfirst|brekkie|morning meal|fruhstuck|petit dejeuner|desayuno|colazione)\b|नाश्ता/,
  parking:
    /\b(park|parking|parkin|car park|garage|my car|a car|parken|parkplatz|stationnement|aparcamiento|parcheggio)\b|पार्किंग/,
  wifi: /\b(wi ?fi|wife i|why fi|why ?fi|wireless|internet|w lan|wlan)\b|वाईफाई/,
  'check-in':
    /\b(check ?in|checking in|checkin|chicken time|arrival time|(when|what time|how (early|late)) (can|could|may|do|should) (i|we) (arrive|come|get in|get there)|(when|what time) .{0,12}room (is |be )?ready)\b|चेक इन/,
  'check-out':
    /\b(check ?out|checking out|checkout|(when|what time|how late) (do|must|should|can|may) (i|we) (have to )?(leave|go|vacate))\b|चेक आउट/,
  pets: /\b(pets?|dogs?|cats?|animals?|puppy|haustiere?|hund|chiens?|animaux|mascotas?|perros?|animali|cane|cani)\b/,
  pool: /\b(pool|swimming|swim|sauna|spa|wellness|schwimmbad|piscine|piscina)\b|स्विमिंग/,
  restaurant:
    /\b(restaurants?|dinner|lunch|supper|eat|food|bar|meals?|dine|dining|abendessen|diner|cena|ristorante)\b|रेस्तरां/,
  gym: /\b(gym|fitness|work ?out|exercise|fitnessraum)\b/,
  address:
    /\b(address|adresse|located|location|directions?|where (are|is) (you|the hotel|your hotel|it)|where you are|(find|get to|reach|come to) (you|the hotel)|wo (sind|liegt)|ou etes|donde|direccion|dove|indirizzo)\b|पता/,
  airport:
    /\b(airport|shuttle|taxi|train station|public transport|flughafen|aeroport|aeropuerto|aeroporto)\b/,
  'room-service': /\broom service\b/,
  cancellation:
    /\b(cancell?ation (policy|fee|terms|conditions)|cancel for free|free cancellation)\b/,
  payment: /\b(credit cards?|payment|pay (by|with|in)|cash|deposit|zahlen|paiement)\b/,
  smoking: /\b(smok(e|ing|er)|balcony|rauchen)\b/,
  accessibility: /\b(wheelchair|accessible|accessibility|elevator|lift|disabled|barrierefrei)\b/,
  children: /\b(cots?|crib|baby bed|extra bed|babysitt(er|ing))\b/,
  luggage: /\b(luggage|baggage|suitcases?|leave my bags|gepack)\b/,
  phone: /\b(phone number|telephone number|e ?mail|contact)\b/,
}

/** Topics that are said, by the names above, in the order they are said. */
export function readTopics(said: string): string[] {
  return Object.entries(topics)
    .map(([name, words]) => ({ name, at: said.search(words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name)
}

/** A question that names no topic: "what do you offer". */
export const everything = '*'
const general =
  /\b(facilities|amenities|what (kind of )?services|what do you offer|what (else )?does the hotel (have|offer)|(about|information (on|about)) (the|your) hotel)\b/

const something =
  /\b(?:do you (?:also )?(?:have|offer|provide)|have you got|is there|are there|tell me about|what about|how about|information (?:about|on)|do you know about)\s+(?:(?:a|an|any|the|your|some|also)\s+)*((?:\p{L}+\s?){1,3})/u
const noTopic =
  /\b(rooms?|rum|suites?|anything|something|else|availab|vacanc|nights?|free|left|open|it|that|one|you|me|my)\b/

/** "do you have a helicopter pad": a thing that no list foresees. */
export function readOtherTopic(said: string): string | undefined {
  if (general.test(said)) return everything
  const thing = something
    .exec(said)?.[1]
    ?.trim()
    .replace(/\s(in|at|on|for|there|near|here|please)\b.*$/, '')
  return thing === undefined || thing === '' || noTopic.test(thing) ? undefined : thing
}

/** The choice that means the same as the topic. */
export function findTopic(topic: string, choices: readonly string[]): string | undefined {
  const words = topics[topic]
  const plain = (text: string) =>
    fold(text)
      .replace(/[^\p{L}\p{M}]+/gu, ' ')
      .trim()
  return (
    choices.find((choice) => plain(choice) === plain(topic)) ??
    choices.find((choice) => words?.test(plain(choice))) ??
    choices.find((choice) => plain(choice).includes(plain(topic)))
  )
}

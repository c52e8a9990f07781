import {
  type Line,
  type LineLanguage,
  lineLanguage,
  type TransferFault,
} from '@trunkline/contracts'

type Words = Readonly<Record<LineLanguage, string>>

/** What callers are told around a transfer or a hold. None says that they are connected before it is so. */
export type TransferWord =
  | 'announce'
  | 'hold'
  | 'comfort'
  | 'back'
  | 'joining'
  | 'full'
  | 'busy'
  | 'declined'
  | 'no-answer'
  | 'closed'
  | 'queue-timeout'
  | 'failed'

export const transferWords: Readonly<Record<TransferWord, Words>> = {
  announce: {
    en: 'One moment, please. I am putting you through.',
    de: 'Einen Moment bitte, ich verbinde Sie.',
    fr: 'Un instant, je vous prie, je vous mets en relation.',
    es: 'Un momento, por favor. Le paso la llamada.',
    it: 'Un momento, per favore. Le passo la chiamata.',
    hi: 'कृपया एक क्षण रुकिए, मैं आपकी कॉल आगे जोड़ रही हूँ।',
  },
  hold: {
    en: 'One moment, please. I will be right back.',
    de: 'Einen Moment bitte, ich bin gleich wieder da.',
    fr: 'Un instant, je vous prie, je reviens tout de suite.',
    es: 'Un momento, por favor, enseguida vuelvo.',
    it: 'Un momento, per favore, torno subito.',
    hi: 'कृपया एक क्षण रुकिए, मैं अभी आती हूँ।',
  },
  comfort: {
    en: 'Thank you for waiting. Please stay on the line.',
    de: 'Danke, dass Sie warten. Bitte bleiben Sie in der Leitung.',
    fr: 'Merci de patienter. Restez en ligne, je vous prie.',
    es: 'Gracias por esperar. Por favor, no cuelgue.',
    it: 'Grazie per l’attesa. Resti in linea, per favore.',
    hi: 'प्रतीक्षा करने के लिए धन्यवाद। कृपया लाइन पर बने रहिए।',
  },
  back: {
    en: 'Thank you for waiting. I am back.',
    de: 'Danke für Ihre Geduld. Ich bin wieder da.',
    fr: 'Merci d’avoir patienté. Je suis de retour.',
    es: 'Gracias por esperar. Ya estoy de vuelta.',
    it: 'Grazie per l’attesa. Eccomi di nuovo.',
    hi: 'प्रतीक्षा करने के लिए धन्यवाद। मैं वापस आ गई हूँ।',
  },
  joining: {
    en: 'Thank you for waiting. A colleague is on the line for you now.',
    de: 'Danke für Ihre Geduld. Ein Kollege ist jetzt für Sie in der Leitung.',
    fr: 'Merci d’avoir patienté. Un collègue est en ligne pour vous.',
    es: 'Gracias por esperar. Un compañero está al teléfono para usted.',
    it: 'Grazie per l’attesa. Un collega è in linea per lei.',
    hi: 'प्रतीक्षा करने के लिए धन्यवाद। एक सहकर्मी अब आपके लिए लाइन पर हैं।',
  },
  full: {
    en: 'I am the AI assistant, and all my lines are busy. One moment, please, I am putting you through to a colleague.',
    de: 'Hier ist die KI-Assistentin, alle meine Leitungen sind belegt. Einen Moment bitte, ich verbinde Sie mit einem Kollegen.',
    fr: 'Ici l’assistante IA, toutes mes lignes sont occupées. Un instant, je vous mets en relation avec un collègue.',
    es: 'Soy la asistente de IA y todas mis líneas están ocupadas. Un momento, le paso con un compañero.',
    it: 'Sono l’assistente IA e tutte le mie linee sono occupate. Un momento, le passo un collega.',
    hi: 'मैं एआई सहायक हूँ, मेरी सभी लाइनें व्यस्त हैं। कृपया एक क्षण रुकिए, मैं आपको एक सहकर्मी से जोड़ रही हूँ।',
  },
  busy: {
    en: 'I am sorry, the line is busy there. I am still here for you. How can I help?',
    de: 'Es tut mir leid, dort ist gerade besetzt. Ich bin weiter für Sie da. Wie kann ich Ihnen helfen?',
    fr: 'Je suis désolée, la ligne est occupée. Je suis toujours là. Comment puis-je vous aider ?',
    es: 'Lo siento, la línea está ocupada. Sigo aquí con usted. ¿En qué puedo ayudarle?',
    it: 'Mi dispiace, la linea è occupata. Sono ancora qui. Come posso aiutarla?',
    hi: 'क्षमा कीजिए, वहाँ लाइन व्यस्त है। मैं अब भी यहाँ हूँ। मैं आपकी क्या मदद कर सकती हूँ?',
  },
  declined: {
    en: 'I am sorry, nobody can take the call there right now. I am still here for you. How can I help?',
    de: 'Es tut mir leid, dort kann gerade niemand das Gespräch annehmen. Ich bin weiter für Sie da. Wie kann ich helfen?',
    fr: 'Je suis désolée, personne ne peut prendre l’appel pour le moment. Je suis toujours là. Comment puis-je vous aider ?',
    es: 'Lo siento, ahora nadie puede atender la llamada. Sigo aquí con usted. ¿En qué puedo ayudarle?',
    it: 'Mi dispiace, al momento nessuno può rispondere. Sono ancora qui. Come posso aiutarla?',
    hi: 'क्षमा कीजिए, वहाँ अभी कोई कॉल नहीं ले सकता। मैं अब भी यहाँ हूँ। मैं आपकी क्या मदद कर सकती हूँ?',
  },
  'no-answer': {
    en: 'I am sorry, nobody answers there. I am still here for you. How can I help?',
    de: 'Es tut mir leid, dort meldet sich niemand. Ich bin weiter für Sie da. Wie kann ich Ihnen helfen?',
    fr: 'Je suis désolée, personne ne répond. Je suis toujours là. Comment puis-je vous aider ?',
    es: 'Lo siento, no contesta nadie. Sigo aquí con usted. ¿En qué puedo ayudarle?',
    it: 'Mi dispiace, non risponde nessuno. Sono ancora qui. Come posso aiutarla?',
    hi: 'क्षमा कीजिए, वहाँ कोई जवाब नहीं दे रहा। मैं अब भी यहाँ हूँ। मैं आपकी क्या मदद कर सकती हूँ?',
  },
  closed: {
    en: 'I am sorry, nobody is there at this hour. I am still here for you. How can I help?',
    de: 'Es tut mir leid, dort ist um diese Zeit niemand. Ich bin weiter für Sie da. Wie kann ich Ihnen helfen?',
    fr: 'Je suis désolée, il n’y a personne à cette heure-ci. Je suis toujours là. Comment puis-je vous aider ?',
    es: 'Lo siento, a esta hora no hay nadie. Sigo aquí con usted. ¿En qué puedo ayudarle?',
    it: 'Mi dispiace, a quest’ora non c’è nessuno. Sono ancora qui. Come posso aiutarla?',
    hi: 'क्षमा कीजिए, इस समय वहाँ कोई नहीं है। मैं अब भी यहाँ हूँ। मैं आपकी क्या मदद कर सकती हूँ?',
  },
  'queue-timeout': {
    en: 'I am sorry, it is still busy, and you have waited long enough. I am still here for you. How can I help?',
    de: 'Es tut mir leid, es ist immer noch besetzt, und Sie haben lange genug gewartet. Ich bin weiter für Sie da. Wie kann ich helfen?',
    fr: 'Je suis désolée, c’est toujours occupé et vous avez assez attendu. Je suis toujours là. Comment puis-je vous aider ?',
    es: 'Lo siento, sigue ocupado y ya ha esperado bastante. Sigo aquí con usted. ¿En qué puedo ayudarle?',
    it: 'Mi dispiace, è ancora occupato e ha già aspettato abbastanza. Sono ancora qui. Come posso aiutarla?',
    hi: 'क्षमा कीजिए, वहाँ अब भी व्यस्त है और आपने काफ़ी प्रतीक्षा की है। मैं अब भी यहाँ हूँ। मैं आपकी क्या मदद कर सकती हूँ?',
  },
  failed: {
    en: 'I am sorry, I could not put you through. I am still here for you. How can I help?',
    de: 'Es tut mir leid, ich konnte Sie nicht verbinden. Ich bin weiter für Sie da. Wie kann ich Ihnen helfen?',
    fr: 'Je suis désolée, je n’ai pas pu vous mettre en relation. Je suis toujours là. Comment puis-je vous aider ?',
    es: 'Lo siento, no he podido pasarle la llamada. Sigo aquí con usted. ¿En qué puedo ayudarle?',
    it: 'Mi dispiace, non sono riuscita a passarle la chiamata. Sono ancora qui. Come posso aiutarla?',
    hi: 'क्षमा कीजिए, मैं आपकी कॉल नहीं जोड़ पाई। मैं अब भी यहाँ हूँ। मैं आपकी क्या मदद कर सकती हूँ?',
  },
}

/** Numbers as they are said; a place beyond them is not told. */
const counts: Readonly<Record<LineLanguage, readonly string[]>> = {
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  de: ['eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'],
  fr: ['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'],
  es: ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
  it: ['uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci'],
  hi: ['एक', 'दो', 'तीन', 'चार', 'पाँच', 'छह', 'सात', 'आठ', 'नौ', 'दस'],
}
const places: Readonly<Record<LineLanguage, (count: string) => string>> = {
  en: (count) => `You are number ${count} in the queue. Please stay on the line.`,
  de: (count) => `Sie sind Nummer ${count} in der Warteschlange. Bitte bleiben Sie dran.`,
  fr: (count) => `Vous êtes le numéro ${count} dans la file d’attente. Restez en ligne.`,
  es: (count) => `Usted es el número ${count} en la cola. Por favor, no cuelgue.`,
  it: (count) => `Lei è il numero ${count} in coda. Resti in linea, per favore.`,
  hi: (count) => `आप प्रतीक्षा में नंबर ${count} पर हैं। कृपया लाइन पर बने रहिए।`,
}

/** The caller's language where the line speaks it and there are words, else the line's default. */
function toSpoken(line: Line, language: string): LineLanguage {
  const wanted = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  return wanted.success && line.languages[wanted.data] ? wanted.data : line.defaultLanguage
}

/** @param language BCP 47 */
export function toTransferWords(
  word: TransferWord,
  { line, language }: { line: Line; language: string },
): string {
  return transferWords[word][toSpoken(line, language)]
}

/** @param place 1 is next */
export function toPlaceWords(
  place: number,
  { line, language }: { line: Line; language: string },
): string {
  const spoken = toSpoken(line, language)
  const count = counts[spoken][place - 1]
  return count === undefined ? transferWords.comfort[spoken] : places[spoken](count)
}

/** Why it did not come about, and that the agent is there again. */
export function toFaultWord(fault: TransferFault): TransferWord {
  switch (fault) {
    case 'busy':
    case 'declined':
    case 'no-answer':
    case 'closed':
    case 'queue-timeout':
      return fault
    default:
      return 'failed'
  }
}

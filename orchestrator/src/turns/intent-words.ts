import { type LineLanguage, lineLanguage } from '@trunkline/contracts'

type KeyedIntent = 'booking' | 'request_info'

const words: Readonly<Record<KeyedIntent, Readonly<Record<LineLanguage, string>>>> = {
  booking: {
    en: 'I would like to book a room.',
    de: 'Ich möchte ein Zimmer buchen.',
    fr: 'Je voudrais réserver une chambre.',
    es: 'Quisiera reservar una habitación.',
    it: 'Vorrei prenotare una camera.',
    hi: 'मैं एक कमरा बुक करना चाहता हूँ।',
  },
  request_info: {
    en: 'I would like some information.',
    de: 'Ich hätte gern eine Auskunft.',
    fr: 'Je voudrais un renseignement.',
    es: 'Quisiera una información.',
    it: 'Vorrei un’informazione.',
    hi: 'मुझे कुछ जानकारी चाहिए।',
  },
}

/** What a caller who has pressed a key would have said. */
export function toIntentWords(intent: KeyedIntent, language: string): string {
  const known = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  return words[intent][known.success ? known.data : 'en']
}

import { type LineLanguage, lineLanguage } from '@trunkline/contracts'

const goodbyes: Readonly<Record<LineLanguage, string>> = {
  en: 'Thank you for calling. Goodbye.',
  de: 'Vielen Dank für Ihren Anruf. Auf Wiederhören.',
  fr: 'Merci de votre appel. Au revoir.',
  es: 'Gracias por llamar. Adiós.',
  it: 'Grazie per aver chiamato. Arrivederci.',
  hi: 'फ़ोन करने के लिए धन्यवाद। नमस्ते।',
}

/** Said to a caller who has said goodbye when no model answers. */
export function toGoodbye(language: string): string {
  const known = lineLanguage.safeParse(language.split('-')[0])
  return goodbyes[known.success ? known.data : 'en']
}

import { type LineLanguage, lineLanguage } from '@trunkline/contracts'

const questions: Readonly<Record<LineLanguage, string>> = {
  en: 'I am sorry, I could not answer that just now. Could you please say it again?',
  de: 'Entschuldigung, das konnte ich gerade nicht beantworten. Sagen Sie es bitte noch einmal?',
  fr: "Pardon, je n'ai pas pu vous répondre. Pouvez-vous répéter, s'il vous plaît ?",
  es: 'Perdone, no he podido responderle. ¿Puede repetirlo, por favor?',
  it: 'Mi scusi, non ho potuto risponderle. Può ripetere, per favore?',
  hi: 'क्षमा कीजिए, मैं अभी उत्तर नहीं दे पाई। क्या आप फिर से कह सकते हैं?',
}

/** Said in the place of a reply that had no voice; it is always the same, so that its audio can be kept. */
export function askAgain(language: string): string {
  const known = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  return questions[known.success ? known.data : 'en']
}

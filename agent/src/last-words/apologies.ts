import type { LineLanguage } from '@trunkline/contracts'
import type { SpokenLine } from '../spoken-lines/spoken-lines.ts'

const texts: Readonly<Record<LineLanguage, string>> = {
  en: 'I am sorry, we have a technical problem and cannot go on. Please call again in a few minutes.',
  de: 'Es tut mir leid, wir haben eine technische Störung. Bitte rufen Sie in ein paar Minuten noch einmal an.',
  fr: "Je suis désolée, nous avons un problème technique. Merci de rappeler d'ici quelques minutes.",
  es: 'Lo siento, tenemos un problema técnico. Por favor, vuelva a llamar dentro de unos minutos.',
  it: 'Mi dispiace, abbiamo un problema tecnico. La preghiamo di richiamare tra qualche minuto.',
  hi: 'क्षमा कीजिए, हमें तकनीकी समस्या आ गई है। कृपया कुछ मिनट बाद फिर से फ़ोन करें।',
}

/** What is said when the line's own apology is not on disk: spoken and kept at the start, in every language. */
export const apologies: readonly SpokenLine[] = Object.entries(texts).map(([language, text]) => ({
  text,
  language,
  voice: '',
}))

/** What to look for on disk, the best first. */
export function toCandidates(wanted: SpokenLine | undefined): readonly SpokenLine[] {
  const own = wanted ? [wanted] : []
  const language = wanted?.language.split('-')[0]?.toLowerCase() ?? 'en'
  const inLanguage = apologies.filter((one) => one.language === language)
  const english = apologies.filter((one) => one.language === 'en' && language !== 'en')
  return [...own, ...inLanguage, ...english]
}

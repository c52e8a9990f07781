import { type LineLanguage, lineLanguage } from '@trunkline/contracts'

const questions: Readonly<Record<LineLanguage, string>> = {
  en: 'It sounds as if I were speaking with a recording. If you are a person, please tell me in your own words what you need.',
  de: 'Es klingt, als spräche ich mit einer Ansage. Wenn Sie ein Mensch sind, sagen Sie mir bitte mit eigenen Worten, was Sie brauchen.',
  fr: "J'ai l'impression de parler à un enregistrement. Si vous êtes une personne, dites-moi avec vos propres mots ce qu'il vous faut.",
  es: 'Parece que estoy hablando con una grabación. Si es usted una persona, dígame con sus propias palabras qué necesita.',
  it: 'Sembra che io stia parlando con una registrazione. Se è una persona, mi dica con parole sue di che cosa ha bisogno.',
  hi: 'लगता है मैं किसी रिकॉर्डिंग से बात कर रही हूँ। अगर आप इंसान हैं, तो कृपया अपने शब्दों में बताइए कि आपको क्या चाहिए।',
}

/** Said once to what seems to be a machine, before the call is ended. */
export function askForAHuman(language: string): string {
  const known = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  return questions[known.success ? known.data : 'en']
}

import { type LineLanguage, lineLanguage } from '@trunkline/contracts'

export type FarewellKind = 'silence' | 'max-duration'

const farewells: Readonly<Record<FarewellKind, Readonly<Record<LineLanguage, string>>>> = {
  silence: {
    en: 'I cannot hear you any more, so I will end the call. Goodbye.',
    de: 'Ich höre Sie nicht mehr und beende deshalb das Gespräch. Auf Wiederhören.',
    fr: "Je ne vous entends plus, je vais donc mettre fin à l'appel. Au revoir.",
    es: 'Ya no le oigo, así que voy a terminar la llamada. Adiós.',
    it: 'Non la sento più, quindi chiudo la chiamata. Arrivederci.',
    hi: 'मुझे आपकी आवाज़ नहीं आ रही है, इसलिए मैं कॉल समाप्त कर रही हूँ। नमस्ते।',
  },
  'max-duration': {
    en: 'This call has reached its longest time, so I have to end it now. Goodbye.',
    de: 'Dieses Gespräch hat seine Höchstdauer erreicht, ich muss es jetzt beenden. Auf Wiederhören.',
    fr: 'Cet appel a atteint sa durée maximale, je dois y mettre fin maintenant. Au revoir.',
    es: 'Esta llamada ha llegado a su duración máxima y debo terminarla ahora. Adiós.',
    it: 'Questa chiamata ha raggiunto la durata massima, devo chiuderla ora. Arrivederci.',
    hi: 'इस कॉल का समय पूरा हो गया है, इसलिए मुझे इसे अब समाप्त करना होगा। नमस्ते।',
  },
}

/** What is said before a limit ends the call. */
export function toFarewell(kind: FarewellKind, language: string): string {
  const known = lineLanguage.safeParse(language)
  return farewells[kind][known.success ? known.data : 'en']
}

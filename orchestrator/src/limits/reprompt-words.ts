import type { LineLanguage } from '@trunkline/contracts'

interface RepromptWords {
  /** Whether somebody is there. */
  readonly presence: readonly string[]
  /** Before the open question is said again. */
  readonly again: readonly string[]
}

/** Said in turn to a caller who is silent, unless the line file says it in other words. */
export const repromptWords: Readonly<Record<LineLanguage, RepromptWords>> = {
  en: {
    presence: [
      'Are you still there?',
      'I am still here. Can you hear me?',
      'Hello? I cannot hear you.',
    ],
    again: ['Sorry, I did not hear you.', 'Let me ask you again.', 'I still cannot hear you.'],
  },
  de: {
    presence: [
      'Sind Sie noch da?',
      'Ich bin noch da. Können Sie mich hören?',
      'Hallo? Ich höre Sie nicht.',
    ],
    again: [
      'Entschuldigung, ich habe Sie nicht gehört.',
      'Ich frage noch einmal.',
      'Ich höre Sie noch immer nicht.',
    ],
  },
  fr: {
    presence: [
      'Êtes-vous toujours là ?',
      "Je suis toujours là. M'entendez-vous ?",
      'Allô ? Je ne vous entends pas.',
    ],
    again: [
      'Pardon, je ne vous ai pas entendu.',
      'Je répète ma question.',
      'Je ne vous entends toujours pas.',
    ],
  },
  es: {
    presence: ['¿Sigue usted ahí?', 'Sigo aquí. ¿Me oye?', '¿Hola? No le oigo.'],
    again: ['Perdone, no le he oído.', 'Se lo pregunto otra vez.', 'Sigo sin oírle.'],
  },
  it: {
    presence: ['È ancora in linea?', 'Sono ancora qui. Mi sente?', 'Pronto? Non la sento.'],
    again: ['Mi scusi, non ho sentito.', 'Glielo chiedo di nuovo.', 'Ancora non la sento.'],
  },
  hi: {
    presence: [
      'क्या आप लाइन पर हैं?',
      'मैं यहीं हूँ। क्या आप मुझे सुन पा रहे हैं?',
      'हैलो? मुझे आपकी आवाज़ नहीं आ रही है।',
    ],
    again: ['क्षमा कीजिए, मैं सुन नहीं पाई।', 'मैं फिर से पूछती हूँ।', 'मुझे अब भी आपकी आवाज़ नहीं आ रही है।'],
  },
}

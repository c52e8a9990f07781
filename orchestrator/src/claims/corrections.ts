import { type LineLanguage, lineLanguage } from '@trunkline/contracts'
import type { Claim } from './claim.ts'

type Words = Readonly<Record<LineLanguage, string>>

const booking: Words = {
  en: 'I cannot confirm a booking yet. Shall I see to it now?',
  de: 'Ich kann noch keine Buchung bestätigen. Soll ich mich jetzt darum kümmern?',
  fr: 'Je ne peux pas encore confirmer de réservation. Voulez-vous que je m’en occupe maintenant ?',
  es: 'Todavía no puedo confirmar ninguna reserva. ¿Quiere que me ocupe ahora?',
  it: 'Non posso ancora confermare una prenotazione. Vuole che me ne occupi adesso?',
  hi: 'मैं अभी किसी बुकिंग की पुष्टि नहीं कर सकती। क्या मैं अब यह कर दूँ?',
}

/** None says that nothing has happened: of an effect whose outcome is not known that would be a claim as well. */
const corrections: Readonly<Record<Claim, Words>> = {
  'booking-made': booking,
  'booking-stands': booking,
  transfer: {
    en: 'You are not connected to anybody else yet. How shall we go on?',
    de: 'Sie sind noch mit niemand anderem verbunden. Wie wollen wir weitermachen?',
    fr: 'Vous n’êtes encore en relation avec personne d’autre. Comment souhaitez-vous continuer ?',
    es: 'Todavía no está comunicado con nadie más. ¿Cómo quiere que sigamos?',
    it: 'Non è ancora in linea con nessun altro. Come vuole proseguire?',
    hi: 'आप अभी किसी और से नहीं जुड़े हैं। आगे क्या करना चाहेंगे?',
  },
  cancellation: {
    en: 'I cannot confirm that anything was cancelled. How shall we go on?',
    de: 'Ich kann nicht bestätigen, dass etwas storniert wurde. Wie wollen wir weitermachen?',
    fr: 'Je ne peux confirmer aucune annulation. Comment souhaitez-vous continuer ?',
    es: 'No puedo confirmar ninguna cancelación. ¿Cómo quiere que sigamos?',
    it: 'Non posso confermare nessun annullamento. Come vuole proseguire?',
    hi: 'मैं पुष्टि नहीं कर सकती कि कुछ रद्द हुआ है। आगे क्या करना चाहेंगे?',
  },
  change: {
    en: 'I cannot confirm that the booking was changed. How shall we go on?',
    de: 'Ich kann nicht bestätigen, dass die Buchung geändert wurde. Wie wollen wir weitermachen?',
    fr: 'Je ne peux confirmer aucune modification de la réservation. Comment souhaitez-vous continuer ?',
    es: 'No puedo confirmar ningún cambio en la reserva. ¿Cómo quiere que sigamos?',
    it: 'Non posso confermare nessuna modifica della prenotazione. Come vuole proseguire?',
    hi: 'मैं पुष्टि नहीं कर सकती कि बुकिंग बदली गई है। आगे क्या करना चाहेंगे?',
  },
  message: {
    en: 'I cannot confirm that anything was passed on. How shall we go on?',
    de: 'Ich kann nicht bestätigen, dass etwas weitergegeben wurde. Wie wollen wir weitermachen?',
    fr: 'Je ne peux confirmer aucune transmission. Comment souhaitez-vous continuer ?',
    es: 'No puedo confirmar que se haya transmitido nada. ¿Cómo quiere que sigamos?',
    it: 'Non posso confermare che sia stato inoltrato qualcosa. Come vuole proseguire?',
    hi: 'मैं पुष्टि नहीं कर सकती कि कुछ आगे पहुँचाया गया है। आगे क्या करना चाहेंगे?',
  },
  payment: {
    en: 'I cannot confirm any payment. How shall we go on?',
    de: 'Ich kann keine Zahlung bestätigen. Wie wollen wir weitermachen?',
    fr: 'Je ne peux confirmer aucun paiement. Comment souhaitez-vous continuer ?',
    es: 'No puedo confirmar ningún pago. ¿Cómo quiere que sigamos?',
    it: 'Non posso confermare nessun pagamento. Come vuole proseguire?',
    hi: 'मैं किसी भुगतान की पुष्टि नहीं कर सकती। आगे क्या करना चाहेंगे?',
  },
}

/** @param language BCP 47 */
export function toCorrection(claim: Claim, language: string): string {
  const known = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  return corrections[claim][known.success ? known.data : 'en']
}

/** Whether a text is one of ours that stands in place of a claim. */
export function isCorrection(text: string): boolean {
  return Object.values(corrections).some((words) => Object.values(words).includes(text))
}

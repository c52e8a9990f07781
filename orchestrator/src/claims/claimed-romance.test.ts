import { describe, expect, it } from 'vitest'
import { type Claim, claims } from './claim.ts'
import { createClaimJudge } from './judge-claims.ts'

const judge = createClaimJudge()

/** Every kind of claim in every language. */
const made: Readonly<Record<string, Readonly<Record<Claim, string>>>> = {
  fr: {
    'booking-made': `
      J’ai réservé.
      J'ai bien réservé la chambre double pour vous.
      Je vous ai réservé une chambre du trois au cinq décembre.
      C’est parfait, je l’ai réservée à votre nom.
      Je viens de réserver votre chambre.
      Nous avons réservé la suite pour vous.
      J’ai effectué la réservation.
      Je viens de faire votre réservation.
      Parfait, j’ai réservé la chambre pour vous.
      J’ai bien enregistré votre réservation.
    `,
    'booking-stands': `
      Votre chambre est réservée.
      Votre chambre double est maintenant réservée.
      Votre réservation est confirmée.
      Votre réservation est faite : chambre double, du trois au cinq.
      La réservation est bien enregistrée.
      Votre réservation a été effectuée.
      Votre chambre a bien été réservée.
      La chambre est réservée à votre nom.
      C’est réservé.
      Votre séjour est confirmé.
      C’est fait, votre chambre double est réservée du trois au cinq.
      Votre réservation pour deux nuits est confirmée.
      Votre réservation a bien été enregistrée.
      La chambre a été réservée pour vous.
    `,
    transfer: `
      Je vous ai transféré à la réception.
      Je vous ai mis en relation avec un collègue.
      Votre appel a été transféré.
    `,
    cancellation: `
      J’ai annulé votre réservation.
      Votre réservation est annulée.
      Votre réservation a bien été annulée.
    `,
    change: `
      J’ai modifié votre réservation.
      Votre réservation a été modifiée.
      J’ai ajouté le petit-déjeuner à votre réservation.
      J’ai prolongé votre séjour d’une nuit.
    `,
    message: `
      J’ai transmis votre message.
      J’ai prévenu la réception.
      Je vous ai envoyé une confirmation par e-mail.
    `,
    payment: `
      J’ai débité votre carte.
      Votre carte a été débitée.
      Le paiement a été effectué.
    `,
  },
  es: {
    'booking-made': `
      He reservado la habitación.
      Le he reservado una habitación doble del tres al cinco de diciembre.
      Perfecto, ya la he reservado.
      Sí, he reservado la suite para usted.
      Acabo de reservar su habitación.
      Hemos reservado una mesa para usted.
      He hecho la reserva a su nombre.
      Ya he realizado su reserva.
      Perfecto, he reservado la habitación para usted.
      He registrado su reserva.
    `,
    'booking-stands': `
      Su habitación está reservada.
      Su habitación doble ya está reservada.
      Su reserva está confirmada.
      Su reserva está hecha: habitación doble, del tres al cinco.
      La reserva ha quedado registrada.
      Su reserva ha sido confirmada.
      La habitación está reservada a su nombre.
      Queda reservada su habitación.
      Se ha confirmado su reserva.
      Listo, su habitación doble está reservada del tres al cinco.
      Su reserva para dos noches ha quedado confirmada.
      Ya tiene su habitación reservada.
    `,
    transfer: `
      Le he pasado con recepción.
      Le he transferido a un compañero.
      Su llamada ha sido transferida.
    `,
    cancellation: `
      He cancelado su reserva.
      Su reserva está cancelada.
      Su reserva ha sido anulada.
    `,
    change: `
      He cambiado su reserva al día diez.
      Su reserva ha sido modificada.
      He añadido el desayuno a su reserva.
      He ampliado su estancia una noche.
    `,
    message: `
      He pasado su mensaje.
      He avisado a recepción.
      Le he enviado una confirmación por correo.
    `,
    payment: `
      He cobrado el importe.
      Su tarjeta ha sido cargada.
      El pago ha sido procesado.
    `,
  },
  it: {
    'booking-made': `
      Ho prenotato la camera.
      Le ho prenotato una camera doppia dal tre al cinque dicembre.
      Perfetto, l’ho prenotata.
      Ho appena prenotato la sua camera.
      Abbiamo riservato la suite per lei.
      Ho effettuato la prenotazione.
      Gliel’ho prenotata a suo nome.
      Perfetto, ho prenotato la camera per lei.
      Ho registrato la sua prenotazione.
    `,
    'booking-stands': `
      La sua camera è prenotata.
      La sua camera doppia è stata prenotata.
      La prenotazione è fatta: camera doppia, dal tre al cinque.
      La sua prenotazione è confermata.
      La sua prenotazione è stata registrata.
      La camera è prenotata a suo nome.
      Il suo soggiorno è confermato.
      La prenotazione è andata a buon fine.
      Fatto, la sua camera doppia è prenotata dal tre al cinque.
      La sua prenotazione per due notti è confermata.
      La prenotazione è stata effettuata con successo.
    `,
    transfer: `
      Le ho passato la chiamata.
      L’ho messa in contatto con la reception.
      La sua chiamata è stata trasferita.
    `,
    cancellation: `
      Ho cancellato la sua prenotazione.
      La sua prenotazione è stata annullata.
      Ho annullato la prenotazione.
    `,
    change: `
      Ho modificato la sua prenotazione.
      La sua prenotazione è stata spostata.
      Ho aggiunto la colazione alla sua prenotazione.
      Ho prolungato il suo soggiorno di una notte.
    `,
    message: `
      Ho trasmesso il suo messaggio.
      Ho avvisato la reception.
      Le ho inviato una conferma per e-mail.
    `,
    payment: `
      Ho addebitato la sua carta.
      La sua carta è stata addebitata.
      Il pagamento è stato effettuato.
    `,
  },
}
const rows = Object.entries(made).flatMap(([language, sentences]) =>
  claims.flatMap((kind) => toLines(sentences[kind]).map((line) => [language, kind, line] as const)),
)

function toLines(text: string): readonly string[] {
  return text.trim().split(/\n\s+/)
}

describe('a sentence that says something was done', () => {
  it.each(rows)('is not spoken without it in %s, %s: %s', (language, kind, sentence) => {
    expect(judge(sentence, { language, proven: new Set() })).toEqual({
      kind: 'replaced',
      claim: kind,
    })
  })

  it.each(rows)('is spoken with it in %s, %s: %s', (language, kind, sentence) => {
    expect(judge(sentence, { language, proven: new Set([kind]) })).toEqual({ kind: 'spoken' })
  })
})

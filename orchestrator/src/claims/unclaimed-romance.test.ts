import { describe, expect, it } from 'vitest'
import { createClaimJudge } from './judge-claims.ts'

const judge = createClaimJudge()

/** Nothing of it was done, and all of it may be said. */
const sentences = {
  fr: `
    J’ai pris note de votre demande.
    Vous êtes en relation avec l’hôtel.
    Voulez-vous que je la réserve ?
    Je peux réserver cette chambre pour vous.
    Je vais réserver la chambre.
    Je réserve la chambre tout de suite.
    Dès que j’ai réservé, je vous donne le numéro.
    Une fois que j’ai votre nom, votre chambre est réservée.
    Quand j’ai réservé la chambre, vous recevez un numéro.
    Si elle est réservée, j’en cherche une autre.
    Votre réservation est confirmée dès que vous me donnez votre nom.
    Je n’ai encore rien réservé.
    Je n’ai pas réservé la chambre.
    La chambre n’est pas encore réservée.
    Votre chambre n’a pas été réservée.
    Aucune deuxième chambre n’a été réservée.
    Je suis désolée, la réservation n’a pas été faite.
    Je n’ai pas pu réserver.
    Nous sommes complets cette nuit-là.
    L’hôtel est complet.
    Malheureusement, la suite est déjà réservée.
    La chambre double est réservée ce week-end-là.
    Le petit-déjeuner est compris.
    Avez-vous déjà réservé chez nous ?
    Votre chambre est-elle réservée à un autre nom ?
    Votre réservation est confirmée ?
    Je vois que vous avez réservé une chambre double.
    Vous avez réservé une chambre double.
    À quel nom avez-vous réservé ?
    Je vérifie si votre chambre est réservée.
    J’ai une chambre double disponible.
    J’ai trouvé la réservation au nom de Cruz.
    J’ai noté votre nom.
    J’ai vu que vous avez réservé une suite.
    Donc une chambre double, du trois au cinq, au nom de Cruz.
    Souhaitez-vous que je confirme votre réservation ?
    Dois-je annuler votre réservation ?
    Je ne peux ni modifier ni annuler ici.
    Une réservation peut être annulée sans frais.
    Si votre réservation est annulée, vous ne payez rien.
    Je vais transmettre votre message.
    Je vous mets en relation.
    Je peux vous passer la réception.
    Je ne sais pas encore si la réservation est passée.
    Votre chambre est prête à partir de quinze heures.
    Votre carte est débitée à l’arrivée.
    Votre chambre a un balcon et le petit-déjeuner est compris.
    Vous pouvez annuler votre réservation jusqu’à la veille.
    Votre réservation peut être modifiée à tout moment.
    Je réserve cela pour vous.
    J’ai besoin de votre nom avant de réserver.
    Le paiement se fait à l’arrivée.
    J’ai vérifié, il reste deux chambres.
    Toutes nos chambres sont réservées.
    Le spa doit être réservé à l’avance.
    Le parking est réservé aux clients.
    La terrasse est réservée aux clients de l’hôtel.
    Puis-je confirmer la réservation ?
    Votre réservation sera confirmée dans un instant.
    J’ai changé les dates, donc du dix au douze.
    Cette chambre est déjà prise.
  `,
  es: `
    Ya está comunicado con el hotel.
    He tomado nota de su petición.
    ¿Quiere que la reserve?
    Puedo reservar esa habitación para usted.
    Voy a reservar la habitación.
    Ahora mismo la reservo.
    En cuanto la haya reservado, le doy el número.
    En cuanto tenga su nombre, su habitación está reservada.
    Cuando he reservado la habitación, le doy un número.
    Si está reservada, busco otra.
    Su reserva está confirmada una vez que me dé su nombre.
    Todavía no he reservado nada.
    No he reservado la habitación.
    La habitación aún no está reservada.
    Su habitación no ha sido reservada.
    No se ha reservado una segunda habitación.
    Lo siento, la reserva no se ha hecho.
    No he podido hacer la reserva.
    Estamos completos esa noche.
    El hotel está completo.
    Lamentablemente, la suite ya está reservada.
    Lo siento, esa habitación ya está reservada.
    La habitación doble está reservada ese fin de semana.
    El desayuno está incluido.
    ¿Ha reservado antes con nosotros?
    ¿Está reservada su habitación con otro nombre?
    ¿Su reserva está confirmada?
    Veo que usted ha reservado una habitación doble.
    He visto que ha reservado una suite.
    ¿A qué nombre ha reservado?
    Voy a comprobar si su habitación está reservada.
    Tengo una habitación doble libre.
    He encontrado la reserva a nombre de Cruz.
    He anotado su nombre.
    Entonces habitación doble, del tres al cinco, a nombre de Cruz.
    ¿Desea que confirme su reserva?
    ¿Quiere que cancele su reserva?
    Lo siento, aquí no puedo cambiar ni cancelar reservas.
    Una reserva se puede cancelar sin coste.
    Si su reserva es cancelada, no paga nada.
    Voy a pasar su mensaje.
    Le paso con recepción.
    Aún no sé si la reserva se ha hecho.
    Su habitación está lista a partir de las tres.
    Su tarjeta se carga a la llegada.
    Sí, tenemos una habitación doble.
    Su habitación tiene balcón.
    Puede cancelar su reserva hasta el día anterior.
    Su reserva se puede cambiar en cualquier momento.
    Necesito su nombre antes de reservar.
    El pago se hace a la llegada.
    He comprobado que quedan dos habitaciones.
    Todas las habitaciones están reservadas.
    El spa se tiene que reservar antes.
    El aparcamiento está reservado para clientes.
    ¿Puedo confirmar la reserva?
    Su reserva quedará confirmada en un momento.
    He cambiado las fechas, entonces del diez al doce.
    Esa habitación ya está ocupada.
    Queda una habitación doble.
  `,
  it: `
    Ho preso nota della sua richiesta.
    È in linea con l’hotel.
    Vuole che la prenoti?
    Posso prenotare questa camera per lei.
    Prenoto subito la camera.
    Adesso la prenoto.
    Non appena ho prenotato, le do il numero.
    Appena ho il suo nome, la sua camera è prenotata.
    Quando ho prenotato la camera, riceve un numero.
    Se è prenotata, ne cerco un’altra.
    La sua prenotazione è confermata quando mi dà il suo nome.
    Non ho ancora prenotato nulla.
    Non ho prenotato la camera.
    La camera non è ancora prenotata.
    La sua camera non è stata prenotata.
    Non è stata prenotata una seconda camera.
    Mi dispiace, la prenotazione non è stata fatta.
    Non sono riuscita a prenotare.
    Siamo al completo quella notte.
    L’hotel è al completo.
    Purtroppo la suite è già prenotata.
    Mi dispiace, la camera è prenotata.
    La camera doppia è prenotata quel fine settimana.
    La colazione è inclusa.
    Ha già prenotato da noi?
    La sua camera è prenotata a un altro nome?
    La sua prenotazione è confermata?
    Vedo che ha prenotato una camera doppia.
    Lei ha prenotato una camera doppia.
    A che nome ha prenotato?
    Controllo se la sua camera è prenotata.
    Ho una camera doppia libera.
    Ho trovato la prenotazione a nome di Cruz.
    Ho annotato il suo nome.
    Ho visto che ha prenotato una suite.
    Allora camera doppia, dal tre al cinque, a nome di Cruz.
    Vuole che confermi la prenotazione?
    Vuole che cancelli la sua prenotazione?
    Mi dispiace, qui non posso cambiare o annullare prenotazioni.
    Una prenotazione si può cancellare senza costi.
    Se la sua prenotazione è cancellata, non paga nulla.
    Trasmetto il suo messaggio.
    Le passo la reception.
    Non so ancora se la prenotazione è riuscita.
    La sua camera è pronta dalle quindici.
    La carta viene addebitata all’arrivo.
    La sua camera ha un balcone.
    Può cancellare la prenotazione fino al giorno prima.
    La sua prenotazione può essere modificata.
    Ho bisogno del suo nome prima di prenotare.
    Il pagamento si fa all’arrivo.
    Ho controllato e ci sono due camere.
    Tutte le camere sono prenotate.
    La spa va prenotata prima.
    Il parcheggio è riservato agli ospiti.
    Posso confermare la prenotazione?
    La prenotazione sarà confermata tra un momento.
    Ho cambiato le date, quindi dal dieci al dodici.
    Quella camera è occupata.
  `,
}
const rows = Object.entries(sentences).flatMap(([language, text]) =>
  text
    .trim()
    .split(/\n\s+/)
    .map((sentence) => [language, sentence] as const),
)

describe('a sentence that claims nothing', () => {
  it.each(rows)('is spoken as it is in %s: %s', (language, sentence) => {
    expect(judge(sentence, { language, proven: new Set() })).toEqual({ kind: 'spoken' })
  })
})

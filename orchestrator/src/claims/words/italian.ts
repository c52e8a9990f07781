import { phrases } from '../../intents/phrases.ts'
import type { ClaimWords } from './claim-words.ts'

export const italian: ClaimWords = {
  words: {
    have: phrases`ho, abbiamo, le ho, l ho, gliel ho, gliela ho, vi ho, le abbiamo, l abbiamo`,
    now: phrases`
      appena, già, ora, adesso, quindi, anche, proprio, correttamente, ormai, regolarmente,
      per lei, subito, dunque
    `,
    is: phrases`è, è stata, è stato, risulta, sono, sono state, è ora, è adesso, è appena stata`,
    reserved: phrases`prenotato, prenotata, prenotati, prenotate, riservato, riservata, riservate`,
    confirmed: phrases`confermato, confermata, confermati, confermate`,
    made: phrases`
      fatto, fatta, effettuato, effettuata, confermato, confermata, registrato, registrata,
      completato, completata, inserito, inserita, finalizzato, finalizzata, creato, creata,
      andata a buon fine, conclusa, concluso, a posto, portato a termine
    `,
    your: phrases`la sua, la vostra, la, una, questa, il suo, il vostro, il, un, i suoi, le sue`,
    yours: phrases`la sua, la vostra, il suo, il vostro, la tua`,
    booking: phrases`prenotazione, prenotazioni`,
    room: phrases`camera, camere, suite, stanza, soggiorno, tavolo, doppia, singola, matrimoniale`,
    forYou: phrases`per lei, a suo nome, a nome, per voi`,
    transferred: phrases`
      trasferito, trasferita, passato, passata, messo in contatto, messa in contatto, collegato,
      collegata, inoltrato, inoltrata, messo in linea, messa in linea
    `,
    cancelled: phrases`cancellato, cancellata, annullato, annullata, disdetto, disdetta`,
    changed: phrases`
      modificato, modificata, cambiato, cambiata, spostato, spostata, aggiornato, aggiornata,
      prolungato, prolungata, esteso, estesa, anticipato, anticipata, corretto, corretta
    `,
    message: phrases`messaggio, messaggi, richiesta, richieste, nota, segnalazione, reclamo`,
    passed: phrases`
      passato, passata, trasmesso, trasmessa, inoltrato, inoltrata, lasciato, lasciata, inviato,
      inviata, mandato, mandata, riferito, riferita, consegnato
    `,
    told: phrases`avvisato, informato, avvertito, contattato, chiamato`,
    staff: phrases`
      la reception, la ricezione, il personale, il team, i colleghi, i miei colleghi, il collega,
      il mio collega, la collega, la mia collega, le pulizie, la cucina, il ristorante,
      la manutenzione, il direttore, la direzione, il responsabile, il concierge, la governante
    `,
    mail: phrases`conferma, e mail, email, mail, sms, fattura, link, ricevuta`,
    paid: phrases`addebitato, addebitata, rimborsato, rimborsata, incassato, prelevato`,
    payment: phrases`pagamento, acconto, rimborso, importo, carta, deposito`,
    settled: phrases`effettuato, elaborato, ricevuto, completato, accettato, registrato`,
    kept: phrases`{reserved}, {confirmed}`,
    the: phrases`la, questa`,
    aRoom: phrases`la _ {room}, una _ {room}`,
    theCall: phrases`{yours} chiamata, la chiamata`,
    connected: phrases`messa in contatto, messo in contatto, trasferita alla, trasferito alla`,
    stayOrBooking: phrases`{your} {booking}, il suo soggiorno`,
    toldThem: phrases`
      {passed} {your} _ {message}, {told} {staff}, parlato con {staff}, inviato {your} _ {mail}
    `,
    sent: phrases`inviato, mandato, spedito`,
    was: phrases`è stata, è stato, è appena stata`,
    theBill: phrases`{yours} {payment}, il {payment}, l {payment}, la {payment}`,
  },
  claims: {
    'booking-made': phrases`
      {have} {now}? {now}? {reserved}, {have} {now}? {made} {your} {booking},
      {have} {now}? {confirmed} {yours} {room}
    `,
    'booking-stands': phrases`
      {yours} _ {room} _ _ {is} {now}? {kept}, {yours} _ {booking} __ {is} {now}? {made},
      {the} {booking} {is} {now}? {made}, {aRoom} _ {is} {now}? {reserved} {forYou},
      la _ {room} è stata {now}? {reserved}, ha una {booking} {confirmed},
      è tutto {reserved} {forYou}, è {now}? {reserved} {forYou}
    `,
    transfer: phrases`
      le ho {now}? {transferred} la chiamata, le ho {now}? passato la reception,
      le ho {now}? passato un, l ho {now}? {transferred}, ho {now}? {transferred} {theCall},
      {yours} chiamata {is} {now}? {transferred}, {is} {now}? {connected}
    `,
    cancellation: phrases`
      {have} {now}? {now}? {cancelled}, {your} {booking} {is} {now}? {cancelled},
      {yours} _ {room} {is} {now}? {cancelled}
    `,
    change: phrases`
      {have} {now}? {changed} {stayOrBooking}, {have} {now}? aggiunto __ alla {booking},
      {have} {now}? aggiunto __ alla sua {booking}, {stayOrBooking} {is} {now}? {changed}
    `,
    message: phrases`
      {have} {now}? {toldThem}, le ho {now}? {sent}, l ho {now}? {passed},
      {yours} {message} {is} {now}? {passed}
    `,
    payment: phrases`
      {have} {now}? {paid}, {theBill} {was} {now}? {paid}, {theBill} {was} {now}? {settled}
    `,
  },
  denials: phrases`
    non, mai, nulla, niente, nessun, nessuna, nessuno, né, affinché, al completo, completo,
    allora la sua, da un altro, da un'altra, con carta
  `,
  conditions: phrases`
    se, quando, prima di, prima che, dopo che, dopo aver, finché, a meno che, purché, purtroppo,
    mi dispiace, spiacente, spiacenti, nel caso, qualora
  `,
  awaited: phrases`
    non appena, una volta, appena avrò, appena ho, appena avrà, appena ha, appena riceviamo,
    appena la, appena mi
  `,
}

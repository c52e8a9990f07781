import { phrases } from '../../intents/phrases.ts'
import type { ClaimWords } from './claim-words.ts'

export const german: ClaimWords = {
  words: {
    have: phrases`ich habe, habe ich, ich hab, hab ich, ich habs, wir haben, haben wir`,
    is: phrases`ist, wurde, sind, wurden, ist jetzt, ist nun, ist hiermit, ist somit, ist damit`,
    now: phrases`
      jetzt, nun, hiermit, somit, damit, soeben, gerade, eben, bereits, schon, auch, fest,
      erfolgreich, verbindlich, also, gleich, direkt
    `,
    booked: phrases`
      gebucht, reserviert, eingebucht, vorgemerkt, festgemacht, bestätigt, gesichert, fest gebucht
    `,
    done: phrases`
      gemacht, abgeschlossen, erfolgt, bestätigt, vorgenommen, durchgeführt, perfekt, fertig,
      eingetragen, gebucht, erstellt, angelegt, getätigt, unter dach und fach, erledigt, komplett,
      gesichert
    `,
    your: phrases`ihr, ihre, ihren, ihrer, das, die, der, den, dieses, diese, ein, eine`,
    booking: phrases`buchung, reservierung, zimmerbuchung, zimmerreservierung`,
    room: phrases`
      zimmer, doppelzimmer, einzelzimmer, familienzimmer, zweibettzimmer, suite, aufenthalt, tisch,
      appartement, apartment, studio, unterkunft
    `,
    transferred: phrases`
      verbunden, weiterverbunden, durchgestellt, weitergeleitet, übergeben, vermittelt
    `,
    cancelled: phrases`storniert, abgesagt, annulliert, gecancelt, gelöscht, rückgängig gemacht`,
    changed: phrases`
      geändert, umgebucht, verschoben, verlängert, aktualisiert, angepasst, umgestellt, verkürzt,
      verlegt, ergänzt, erweitert, umgeändert
    `,
    message: phrases`
      nachricht, anfrage, bitte, wunsch, anliegen, beschwerde, rückrufbitte, notiz, mitteilung,
      hinweis, rückmeldung
    `,
    passed: phrases`
      weitergegeben, weitergeleitet, hinterlassen, ausgerichtet, übermittelt, geschickt, gesendet,
      hinterlegt, mitgeteilt, abgegeben
    `,
    staff: phrases`
      das housekeeping, die rezeption, die kollegen, meine kollegen, unsere kollegen, das team,
      mein team, unser team, die kollegin, den kollegen, meinen kollegen, meine kollegin,
      die küche, den zimmerservice, den techniker, die haustechnik, den concierge, das restaurant,
      das hotel, den manager, die leitung, die geschäftsleitung, der rezeption, dem team,
      dem housekeeping, den kolleginnen, dem kollegen, der kollegin, meinem kollegen, meinem team,
      der küche
    `,
    informed: phrases`
      informiert, benachrichtigt, verständigt, bescheid gegeben, bescheid gesagt, kontaktiert
    `,
    mail: phrases`
      bestätigung, e mail, email, mail, sms, nachricht, rechnung, link, buchungsbestätigung,
      reservierungsbestätigung
    `,
    sent: phrases`geschickt, gesendet, zugeschickt, zugesendet, zugesandt, gesandt, gemailt`,
    card: phrases`karte, kreditkarte, konto`,
    paid: phrases`abgebucht, belastet, erstattet, zurückerstattet, eingezogen, zurückgebucht`,
    subject: phrases`ich, sie, wir, ihre, die, das, ihr, der`,
  },
  claims: {
    'booking-made': phrases`
      {have} __ gebucht, {have} __ reserviert, {have} __ eingebucht, {have} __ vorgemerkt,
      {have} {your} {booking} __ {done}, {have} _ {your} {booking} {done},
      {have} {your} _ {booking} _ {done}, {have} sie __ eingetragen
    `,
    'booking-stands': phrases`
      ihr _ {room} _ _ {is} __ {booked}, ihre _ {room} _ _ {is} __ {booked},
      {is} ihr _ {room} __ {booked}, {is} ihre _ {room} __ {booked},
      ihre _ {booking} __ {is} __ {done}, {is} ihre _ {booking} __ {done}, ihre _ {booking} steht,
      die {booking} _ {is} __ {done}, {is} die {booking} __ {done}, die {booking} steht,
      das _ {room} {is} __ für sie {booked}, die _ {room} {is} __ für sie {booked},
      das _ {room} {is} __ auf ihren namen {booked}, das _ {room} {is} {now} fest? gebucht,
      das _ {room} wurde __ {booked}, die suite wurde __ {booked}, für sie {is} __ {booked},
      auf ihren namen {is} __ {booked}, {is} __ für sie {booked}, {is} __ auf ihren namen {booked},
      es ist {now}? gebucht$, das ist {now}? gebucht$, das wäre gebucht, alles ist {now}? gebucht$,
      es ist alles {now}? gebucht$, sie sind {now}? {booked}
    `,
    transfer: phrases`
      {have} sie __ {transferred}, {have} {your} anruf __ {transferred},
      {have} {your} gespräch __ {transferred}, sie wurden __ {transferred},
      ihr anruf wurde __ {transferred}
    `,
    cancellation: phrases`
      {have} __ {cancelled}, {your} _ {booking} _ {is} __ {cancelled},
      {is} {your} _ {booking} __ {cancelled}, ihr _ {room} _ _ {is} __ {cancelled},
      {is} ihr _ {room} __ {cancelled}
    `,
    change: phrases`
      {have} {your} _ {booking} __ {changed}, {have} ihren aufenthalt __ {changed},
      {have} sie __ umgebucht, {have} __ umgebucht, {have} __ dazugebucht, {have} __ hinzugebucht,
      {have} __ zu ihrer {booking} hinzugefügt, {have} ihrer {booking} __ hinzugefügt,
      {your} _ {booking} _ {is} __ {changed}, {is} {your} _ {booking} __ {changed},
      ihr aufenthalt {is} __ {changed}
    `,
    message: phrases`
      {have} {your} _ {message} __ {passed}, {have} {staff} __ {informed},
      {have} ihnen __ {mail} __ {sent}, {have} das __ weitergegeben, {have} es __ weitergegeben,
      {have} das __ weitergeleitet, {have} es __ weitergeleitet, {have} das __ ausgerichtet,
      {have} es __ ausgerichtet, {have} {your} _ {mail} __ {sent},
      ihre _ {message} wurde __ {passed}, ihr _ {message} wurde __ {passed}
    `,
    payment: phrases`
      {have} ihre {card} __ {paid}, {have} ihr {card} __ {paid}, {have} __ abgebucht,
      {have} __ zurückerstattet, {have} __ erstattet, {have} den betrag __ {paid},
      ihre {card} wurde __ {paid}, ihr {card} wurde __ {paid}, der betrag wurde __ {paid},
      die anzahlung wurde __ {paid}, ihre zahlung wurde __ bestätigt,
      ihre zahlung wurde __ verarbeitet, die zahlung wurde __ bestätigt,
      die zahlung wurde __ verarbeitet, die zahlung ist __ eingegangen,
      ihre zahlung ist __ eingegangen
    `,
  },
  denials: phrases`
    nicht, nichts, nie, niemals, kein, keine, keinen, keiner, keines, keinem, niemand, noch nie,
    weder, ohne dass, ausgebucht, anderweitig, vergeben, dann, erst, nur wenn, nur mit, wie wenn,
    als ob, gebucht werden, reserviert werden, storniert werden, geändert werden, bestätigt werden,
    gesehen, gefunden, gehört, nachgesehen, versucht, von einem anderen, von anderen gästen
  `,
  conditions: phrases`
    wenn, falls, bevor, ehe, bis {subject}, nachdem, sofern, ob, leider, bedaure, solange,
    es tut mir leid, tut mir leid, vorausgesetzt, angenommen, damit {subject}
  `,
  awaited: phrases`sobald, sowie sie, in dem moment, erst wenn`,
}

import { phrases } from '../../intents/phrases.ts'
import type { ClaimWords } from './claim-words.ts'

export const french: ClaimWords = {
  words: {
    have: phrases`
      j ai, je vous ai, je l ai, je les ai, je vous l ai, je lui ai, je leur ai, nous avons,
      nous vous avons, nous l avons
    `,
    now: phrases`
      bien, donc, déjà, juste, tout juste, également, aussi, maintenant, bel et bien, pour vous,
      immédiatement, à présent, désormais, ainsi, entièrement, effectivement, tout de suite
    `,
    justNow: phrases`je viens de, je viens de vous, nous venons de, je viens d, je viens de la`,
    is: phrases`
      est, a été, a bien été, a déjà été, est maintenant, est désormais, est à présent, sont,
      ont été
    `,
    reserved: phrases`réservé, réservée, réservés, réservées, retenu, retenue, bloqué, bloquée`,
    confirmed: phrases`confirmé, confirmée, confirmés, confirmées, enregistré, enregistrée`,
    made: phrases`
      fait, faite, effectué, effectuée, enregistré, enregistrée, confirmé, confirmée, finalisé,
      finalisée, validé, validée, terminé, terminée, complété, complétée, créé, créée, prise, pris
    `,
    makes: phrases`faire, effectuer, enregistrer, confirmer, finaliser, valider, créer`,
    your: phrases`votre, la, cette, une, le, ce, vos, les, un, notre`,
    booking: phrases`réservation, réservations`,
    room: phrases`chambre, chambres, suite, séjour, table, appartement, studio`,
    forYou: phrases`pour vous, à votre nom, au nom, à vos noms`,
    transferred: phrases`
      transféré, transférée, mis en relation, mise en relation, passé, passée, connecté, connectée,
      mis en communication, mise en communication
    `,
    cancelled: phrases`annulé, annulée, annulés, annulées`,
    changed: phrases`
      modifié, modifiée, changé, changée, déplacé, déplacée, prolongé, prolongée, mis à jour,
      mise à jour, décalé, décalée, avancé, avancée, reporté, reportée, corrigé, corrigée
    `,
    message: phrases`message, messages, demande, demandes, souhait, réclamation, remarque, requête`,
    passed: phrases`
      transmis, transmise, laissé, laissée, envoyé, envoyée, passé, remis, communiqué
    `,
    told: phrases`prévenu, informé, averti, contacté, avisé`,
    staff: phrases`
      la réception, la gouvernante, le service, l équipe, notre équipe, mon collègue, ma collègue,
      mes collègues, le personnel, le restaurant, la cuisine, la direction, le responsable,
      le concierge, la conciergerie, la maintenance, le directeur, les femmes de chambre,
      un collègue
    `,
    mail: phrases`confirmation, e mail, email, mail, courriel, sms, facture, lien`,
    paid: phrases`débité, débitée, prélevé, prélevée, remboursé, remboursée, encaissé, encaissée`,
    payment: phrases`paiement, acompte, remboursement, montant, carte, carte bancaire`,
    settled: phrases`effectué, accepté, reçu, enregistré, traité, validé, confirmé`,
    reserving: phrases`réserver, vous réserver, {makes} {your} {booking}`,
    kept: phrases`{reserved}, {confirmed}`,
    the: phrases`la, cette`,
    handedOver: phrases`
      transféré, transférée, mis en relation, mise en relation, {transferred} à, {transferred} au,
      {transferred} avec
    `,
    changing: phrases`modifier, changer, prolonger, déplacer`,
    stayOrBooking: phrases`{your} {booking}, votre séjour`,
    toldThem: phrases`{passed} {your} _ {message}, {told} {staff}, envoyé {your} _ {mail}`,
    sentYou: phrases`je vous ai, je vous l ai, je l ai`,
    sent: phrases`envoyé, adressé, envoyée, transmis, transmise`,
    been: phrases`a été, a bien été, a déjà été`,
    theBill: phrases`votre {payment}, le {payment}, la {payment}, l {payment}`,
  },
  claims: {
    'booking-made': phrases`
      {have} {now}? {now}? {reserved}, {have} {now}? {made} {your} {booking}, {justNow} {reserving}
    `,
    'booking-stands': phrases`
      votre _ {room} _ _ {is} {now}? {now}? {kept}, votre _ {booking} __ {is} {now}? {made},
      {the} {booking} {is} {now}? {made}, la _ {room} _ {is} {now}? {reserved} {forYou},
      la _ {room} vous {is} {now}? {reserved}, la _ {room} a été {now}? {reserved},
      une _ {room} _ {is} {now}? {reserved} {forYou}, c est {now}? {reserved}$,
      c est {now}? {reserved} {forYou}, tout est {now}? {reserved} {forYou},
      vous avez une {booking} {confirmed}
    `,
    transfer: phrases`
      je vous ai {now}? {handedOver}, {have} {now}? {transferred} votre appel,
      vous avez {now}? été {transferred}, votre appel {is} {now}? {transferred}
    `,
    cancellation: phrases`
      {have} {now}? {now}? {cancelled}, {justNow} annuler,
      {your} _ {booking} _ {is} {now}? {cancelled}, votre _ {room} _ {is} {now}? {cancelled}
    `,
    change: phrases`
      {have} {now}? {changed} {stayOrBooking}, {have} {now}? ajouté __ à votre {booking},
      {justNow} {changing} {stayOrBooking}, {stayOrBooking} {is} {now}? {changed}
    `,
    message: phrases`
      {have} {now}? {toldThem}, {sentYou} {now}? {sent}, votre {message} {is} {now}? {passed},
      je viens de prévenir {staff}, je viens d informer {staff}
    `,
    payment: phrases`
      {have} {now}? {paid}, {theBill} {is} {now}? {settled}, {theBill} {been} {now}? {paid},
      vous avez {now}? été {paid}
    `,
  },
  denials: phrases`
    pas, jamais, rien, aucun, aucune, ni, n est plus, n ai plus, personne, pour que, afin que,
    à condition, sous réserve, complet, complets, vu que vous, alors votre, par un autre,
    par quelqu un, par carte, par un acompte
  `,
  conditions: phrases`
    si, s il, s ils, quand, lorsque, lorsqu, avant de, avant que, avant d, après que, après avoir,
    après réception, tant que, jusqu à ce, malheureusement, hélas, désolé, désolée, navré, navrée,
    à moins, pourvu
  `,
  awaited: phrases`
    dès que, dès qu, une fois que, une fois qu, une fois votre, une fois la, dès réception,
    aussitôt que
  `,
}

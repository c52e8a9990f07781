import { phrases } from '../phrases.ts'

/** Words that stand for each other in the cues. */
export const frenchWords = {
  want: phrases`
    veux, voudrais, voudrait, voudrions, aimerais, aimerait, aimerions, souhaite, souhaiterais,
    souhaitons, souhaiterait, souhaiterions, faut, faudrait, besoin, cherche, cherchons, prends,
    prendrai, prendrais, prenons, voulons, veut, serait, désire, compte, comptons, mettez-moi,
    mettez-nous, donnez-moi, trouvez-moi, gardez-moi, dois, doit, devons, puis-je avoir,
    peux avoir, pourrais avoir, pourrait avoir, intéressé par, intéressée par
  `,
  have: phrases`
    avez-vous, vous avez, vous auriez, auriez-vous, vous n'auriez pas, vous avez encore,
    il vous reste, vous reste-t-il, reste-t-il, il reste, il y a encore, y a-t-il encore,
    y aurait-il, il y aurait, y a encore, il reste encore, reste encore, vous reste
  `,
  some: phrases`
    une, un, des, encore une, encore un, deux, trois, la, de la, d'autres, encore des,
    encore de la, petite
  `,
  room: phrases`
    chambre, chambres, double, doubles, simple, suite, familiale, twin, lit, lits, place,
    places, studio, appartement, hébergement, triple, logement
  `,
  free: phrases`
    libre, libres, disponible, disponibles, dispo, de libre, qui reste, vacante
  `,
  date: phrases`
    ce soir, cette nuit, demain, demain soir, lundi, mardi, mercredi, jeudi, vendredi, samedi,
    dimanche, week-end, nuit, nuits, janvier, février, mars, avril, mai, juin, juillet, août,
    septembre, octobre, novembre, décembre, semaine, noël, pâques
  `,
  change: phrases`
    annuler, décaler, reporter, modifier, changer, déplacer, avancer, repousser, prolonger,
    raccourcir, écourter, ajouter, supprimer, rallonger, transférer, remettre, rajouter,
    retarder, résilier, libérer
  `,
  stay: phrases`
    réservation, résa, séjour, arrivée, départ, venue, dates, date, chambre, personne, nuit,
    nuits, nuitée, lit, voyage
  `,
  tell: phrases`
    dire, envoyer, expliquer, indiquer, donner, communiquer, renseigner, confirmer, parler,
    transmettre, faire parvenir, informer, préciser, rappeler, lire, décrire, détailler, passer,
    épeler, renvoyer
  `,
  look: phrases`
    regarder si, regarder quand, voir si ma, voir si mon, vérifier, vérifiez, retrouver,
    contrôler, regardez si, jeter un œil, jeter un coup d’œil, consulter, confirmer
  `,
  fact: phrases`
    renseignement*, information*, info, infos, adresse, numéro, téléphone, coordonnées, détails,
    précisions, itinéraire, plan d'accès, brochure, menu, carte des, copie, facture, reçu,
    devis, tarifs, horaires, code wifi, mail, liste des, justificatif, duplicata
  `,
  matter: phrases`
    facture, réservation, paiement, séjour, note, dossier, acompte, remboursement, commande,
    parking, mariage, conférence, offre, conditions
  `,
  nice: phrases`
    bonne, belle, excellente, très bonne, agréable, bon, bel, très bon, excellent, douce
  `,
  while: phrases`
    journée, soirée, fin de journée, fin de soirée, nuit, semaine, fin de semaine, après-midi,
    week-end, weekend, continuation, courage, vacances, fêtes, dimanche, samedi, route, travail,
    reste de journée
  `,
  day: phrases`
    bientôt, demain, vendredi, samedi, dimanche, lundi, mardi, mercredi, jeudi, plus tard,
    tout à l'heure, la prochaine, la semaine prochaine, très bientôt, très vite, plus,
    tout de suite, ce soir, tantôt, la revoyure, une prochaine fois
  `,
  all: phrases`
    tout, tout bon, tout pour moi, tout pour aujourd'hui, tout ce que je voulais,
    tout ce que je voulais savoir, tout ce qu'il me fallait, tout ce dont j'avais besoin,
    tout pour le moment, tout pour l'instant, bon pour moi, parfait comme ça, parfait pour moi,
    bon comme ça, noté, tout merci, tout je crois, réglé
  `,
}

import type { Lexicon } from '../lexicon.ts'
import { count } from './build-numbers.ts'
import { phrases, words } from './word-lists.ts'

export const french: Lexicon = {
  numbers: {
    ...count('zéro un deux trois quatre cinq six sept huit neuf'),
    ...count('dix onze douze treize quatorze quinze seize', 10),
    ...count('vingt trente quarante cinquante soixante septante huitante nonante', 20, 10),
    une: 1,
    octante: 80,
    vingts: 20,
  },
  ordinals: { premier: 1 },
  hundred: phrases`cent, cents`,
  thousand: ['mille'],
  double: phrases`double, deux fois`,
  triple: phrases`triple, trois fois`,
  months: phrases`
    janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre
  `,
  and: ['et'],
  dateGlue: phrases`le, la, du, de, au, en, est, à, dans, pour`,
  pauses: phrases`euh, puis, espace, tiret, et, alors, ensuite, heu, slash`,
  at: phrases`arobase, arobas, at, chez, a commercial, arrobase`,
  dot: phrases`point, dot`,
  dash: phrases`tiret, trait, trait d union, moins`,
  underscore: phrases`underscore, tiret bas, souligné`,
  contexts: {
    card: phrases`
      carte, carte bancaire, carte de crédit, carte bleue, numéro de carte, visa, mastercard,
      cryptogramme, code de sécurité, cartes, expire
    `,
    iban: phrases`iban, numéro de compte, compte bancaire, rib`,
    email: phrases`
      email, mail, courriel, adresse mail, adresse email, e mail, adresse électronique, mail est,
      mail c est, adresse c est, adresse mail est, adresse est, courriel est, email est,
      email c est, adresse mail c est, courriel c est
    `,
    phone: phrases`
      téléphone, numéro de téléphone, portable, mobile, rappeler, rappelez, joindre, joignable,
      fixe, gsm, whatsapp, natel, numéro de portable, mon numéro, appeler au, rappeler au, ligne,
      contacter
    `,
    passport: phrases`passeport, numéro de passeport, passeports`,
    id: phrases`
      carte d identité, pièce d identité, carte nationale d identité, numéro d identité,
      sécurité sociale, numéro de sécurité sociale, permis de conduire, numéro fiscal,
      titre de séjour, numéro d identification, cni, nir, numéro de permis, registre national,
      numéro d adhérent
    `,
    'birth-date': phrases`né le, née le, né, née, naissance, date de naissance, anniversaire`,
    confirmation: phrases`
      réservation est, réservation c est, numéro de réservation, numéro de confirmation,
      code de réservation, code de confirmation, référence, numéro de dossier, réservation numéro,
      confirmation, dossier, code de dossier, réservation porte le numéro, référence de réservation
    `,
  },
  room: phrases`chambre, suite`,
  number: phrases`numéro, no, n, num`,
  units: phrases`
    euro, euros, centimes, francs, nuit, nuits, jour, jours, semaine, semaines, personne, personnes,
    adultes, adulte, enfant, enfants, chambre, chambres, lit, lits, heure, heures, h, minutes,
    mètres, kilomètres, étoiles, degrés, ans, fois, places, valises, étage, mètres, serviettes,
    voitures
  `,
  nameIs: phrases`
    je m appelle, mon nom est, nom est, au nom de, mon nom c est, nom de famille, nom de,
    mon prénom est, le nom est, prénom est, m appelle, de la part de, sous le nom de, au nom,
    s appelle, nom c est, prénom, prénom c est, nommé, nom de famille est, nom de famille c est
  `,
  mayBeName: phrases`c est, je suis, ici, moi c est`,
  nameEnds: phrases`à l appareil, au téléphone, l appareil`,
  nameBefore: ['à l appareil'],
  titles: phrases`monsieur, madame, mademoiselle, docteur, maître, mme, mlle, m, dr, professeur`,
  notBeforeTitle: phrases`un, une, la, le, l, d, qu, j, s, t, merci, non, ce, cette`,
  particles: phrases`de, du, des, le, la, d, l, van, von, di, el, ben`,
  greetings: phrases`bonjour, bonsoir, allô, allo, salut, coucou`,
  ordinary: words`
    le la les l un une des du de d et ou où mais si que qu qui quoi dont quand comment pourquoi
    combien je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur eux mon ma mes
    ton ta tes son sa ses notre nos votre vos leurs ce c cet cette ces ça cela est suis es sommes
    êtes sont était étais serait sera être été ai as a avons avez ont avais avait aurait aurais
    aurai avoir eu fait faire faites vais va allons allez vont aller peux peut pouvez pouvons
    pourrait pourriez pourrais veux veut voulez voudrais voudrait aimerais aimerait souhaite
    souhaiterais dois doit devez faut faudrait sais savoir ne n pas non oui si ouais d'accord accord
    ok merci bonjour bonsoir salut au revoir bonne bon bien très trop plus moins aussi encore déjà
    maintenant alors donc puis ensuite voilà ben euh hein peut-être toujours jamais rien tout toute
    tous toutes quelque chose personne quelqu autre autres même à au aux en dans sur sous avec sans
    pour par chez vers avant après depuis pendant jusqu entre contre chambre chambres double simple
    suite lit lits nuit nuits petit déjeuner dîner hôtel réservation réserver réservé prix tarif
    tarifs payer paiement facture nom prénom numéro téléphone portable mail adresse carte appareil
    appelle appeler appel rappelle rappeler parle parler dire dites demande demander question besoin
    cherche arriver arrive arrivée départ partir changer annuler confirmer confirme prendre prends
    donner donnez voir regarder envoyer attends attendez moment instant seconde minute heure heures
    sûr correct faux problème renseignement information aide libre disponible complet nouveau vieux
    tard tôt prochain dernier première autre client clients gens famille femme mari fils fille
    enfant enfants ami collègue mère père monsieur madame réception patron personnel société désolé
    désolée content contente ravi ravie allergique végétarien végétarienne enceinte malade fatigué
    fatiguée perdu perdue seul seule marié mariée intéressé intéressée gentil parfait super génial
    dommage cher chère possible impossible sûre sûr là ici demain hier aujourd hui soir matin midi
    après-midi semaine week end mois année jour jours parking piscine spa bar restaurant aéroport
    gare taxi bus train vrai exact exactement ça combien urgent important noté compris inclus
    gratuit en retard prêt prête occupé occupée y juste
  `,
}

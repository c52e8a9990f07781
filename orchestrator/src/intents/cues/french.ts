import type { LanguageCues } from '../intent.ts'
import { phrases } from '../phrases.ts'

export const french: LanguageCues = {
  language: 'fr',
  apostrophe: 'space',
  fillers: phrases`
    je crois que, comme ça, pour moi, mille fois, fois, c’est tout bon, euh, hein, ben, bah, bon,
    alors, donc, voilà, oui, ouais, non, ok, d'accord, très bien, bien, parfait, super, génial,
    entendu, ça marche, et, madame, monsieur, mademoiselle, à vous, à vous aussi, aussi, vous aussi,
    là, maintenant, allez, excellent, eh, s'il vous plaît, je crois, pour moi, enfin, c'est bon,
    c'est parfait, c'est noté, c'est gentil, beaucoup, mais, pour votre aide
  `,
  thanks: phrases`
    merci, merci beaucoup, merci bien, je vous remercie, merci à vous, mille mercis,
    merci infiniment, je vous en remercie, un grand merci, merci pour tout, merci pour votre aide,
    pour les renseignements, pour tout, pour l'information
  `,
  closings: phrases`
    j'ai fini, ça ira comme ça, je crois que c’est tout, ça me suffit, on a fini, c est tout bon,
    c'est tout, ce sera tout, ça sera tout, c'était tout, voilà c'est bon, rien d'autre,
    c'est bon merci, plus rien, bonne journée, bonne soirée, bonne fin de journée, bonne nuit,
    bonne fin de soirée, bon week-end, bon weekend, bonne continuation, bon après-midi, à bientôt,
    à demain, à plus tard, à tout à l’heure, à vendredi, à samedi, à la prochaine, je dois y aller,
    je dois vous laisser, je vous laisse, il faut que j'y aille, je dois raccrocher,
    il faut que je vous laisse, vous pouvez raccrocher, je vais raccrocher, je raccroche,
    allez salut, merci salut, ce sera tout pour aujourd'hui, pas d’autres questions,
    à la semaine prochaine, j'ai tout ce qu'il me faut, je n'ai pas d'autre question,
    je n'ai plus de questions, à plus, je rappellerai, je rappellerai plus tard, je vous rappelle,
    je vous rappellerai, ça ira, bonne journée à vous, non c'est bon,
    vous pouvez mettre fin à l’appel, j'ai plus de questions, ciao ciao, bisous
  `,
  farewells: phrases`au revoir, adieu, bye, ciao, aurevoir, bye bye, adieu merci`,
  greetings: phrases`
    bonjour, bonsoir, allô, allo, salut, coucou, comment allez-vous, comment ça va,
    il y a quelqu'un, vous m'entendez, est-ce que vous m'entendez, ça va, vous êtes là,
    je suis bien à la réception, c'est bien l'hôtel, je suis bien chez, enchanté, bien le bonjour,
    est-ce que je suis bien à, vous allez bien, y a quelqu'un, rebonjour, bonjour à vous
  `,
  introductions: phrases`je m'appelle, c'est, je suis, mon nom est, à l'appareil, ici, moi c’est`,
  rules: [
    [
      'unknown',
      phrases`ne raccrochez pas, raccrochez pas, autre chose, une autre question, attendez`,
    ],
    [
      'request_info',
      phrases`
        renvoyer, connaître, me renvoyer, m’indiquer, renseignement*, information*, infos,
        me renseigner, me parler, me dire, dites-moi, m'envoyer, envoyez-moi, m'expliquer,
        expliquez-moi, savoir, l'adresse, vérifier, au sujet de, question concernant, question sur,
        question à propos, numéro de, numéro du, donnez-moi _ numéro, donnez-moi, me donner,
        me communiquer, par rapport à, à propos de, confirmer, retrouver ma, regarder si,
        voir si ma, voir si ma réservation, précisions, concernant ma, me confirmer, parlez-moi,
        je vous appelle pour ma, des détails, consulter ma, me rappeler, indiquer, m’indiquer,
        en savoir plus, retrouvez, j'aurais une question
      `,
    ],
    ['question', phrases`combien, à quelle heure, jusqu'à quelle heure, frais, faut-il`],
    [
      'booking',
      phrases`
        venir en, voudrait venir, voudrions venir, un lit pour, plus venir, enlevez, mettez-moi,
        repousser, mon séjour, pour réserver, aimerait venir, enlever notre nom, réserver, réservez,
        réserve, réservez-moi, annuler, annulez, annulez-la, décaler, une réservation, modifier,
        changer ma réservation, changer la réservation, déplacer, changer les dates, reporter,
        rester une nuit, nuit de plus, nuit supplémentaire, prolonger, chambre* de libre,
        chambre* libre*, chambre* disponible*, disponibilité*, il vous reste, vous reste-t-il,
        de la place, voudrais _ chambre, souhaite _ chambre, voudrais _ simple, voudrais _ double,
        voudrais _ suite, faudrait _ chambre, faudrait _ simple, faudrait _ double,
        besoin _ chambre, prendre _ chambre, chambre pour, cherche _ chambre, prends _ chambre,
        prends _ suite, quelque chose de libre, quelque chose pour, je la prends, veux _ chambre,
        aimerais _ chambre, double pour, simple pour, suite pour, arriver un jour plus tôt,
        souhaiterais _ chambre, faut _ chambre, faire une réservation, dormir, libre ce soir,
        avancer
      `,
    ],
    [
      'question',
      phrases`
        est chauffée, c’est calme, vous auriez pas, est-elle, c’est bruyant, vous n’auriez pas,
        elle est, est ouvert, est ouverte, est-ce que, est-ce, quel, quelle, quels, quelles, où,
        quand, comment, pourquoi, y a-t-il, il y a, avez-vous, vous avez, peut-on, on peut, puis-je,
        je peux, y a, êtes-vous, vous êtes, sont acceptés, est compris, il est compris, elle a,
        est inclus, sont admis, a-t-elle, est-il, est-elle, sont-ils, acceptez-vous, vous acceptez,
        vous faites, faites-vous, proposez-vous, vous proposez, qui, c’est quoi, c’est loin,
        ça coûte, sont autorisés, pouvons-nous, vous prenez, prenez-vous, doit-on, c est ouvert,
        pourrait-on, est gratuit, c’est payant
      `,
    ],
  ],
}

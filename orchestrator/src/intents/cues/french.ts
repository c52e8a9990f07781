import type { LanguageCues } from '../intent.ts'
import { phrases } from '../phrases.ts'
import { frenchWords } from '../words/french.ts'

export const french: LanguageCues = {
  language: 'fr',
  apostrophe: 'space',
  spellings: [],
  words: frenchWords,
  fillers: phrases`
    je crois que, comme ça, pour moi, mille fois, fois, c’est tout bon, euh, hein, ben, bah, bon,
    alors, donc, voilà, oui, ouais, non, ok, d'accord, très bien, bien, parfait, super, génial,
    entendu, ça marche, et, madame, monsieur, mademoiselle, à vous, à vous aussi, aussi,
    vous aussi, là, maintenant, allez, excellent, eh, s'il vous plaît, je crois, enfin, c'est bon,
    c'est parfait, c'est noté, c'est gentil, beaucoup, mais, pour votre aide, pour l'instant,
    pour le moment, pour aujourd'hui, oui oui, non non, nickel, impeccable, formidable, magnifique,
    d'acc, compris, j'ai compris, je vois, je comprends, écoutez, bon ben, eh bien, en tout cas,
    vraiment, très gentil, c'est très gentil, c'est très aimable, c'est super, c'est génial,
    très aimable, pas de souci, pas de problème, tout à fait, exactement, okay, ça roule,
    également, pareillement, de même, alors là, du coup, à tous, bien sûr, je pense, à toi, vous,
    juste, euh euh, de ma part, de mon côté, quand même, infiniment, encore, c'est clair
  `,
  thanks: phrases`
    merci, merci beaucoup, merci bien, je vous remercie, merci à vous, mille mercis,
    merci infiniment, je vous en remercie, un grand merci, merci pour tout, merci pour votre aide,
    pour les renseignements, pour tout, pour l'information, merci encore, merci mille fois,
    merci à vous aussi, merci de votre aide, de votre aide, pour l'aide, pour l'info,
    pour les infos, pour les informations, pour vos informations, pour vos renseignements,
    pour votre temps, pour votre patience, pour votre gentillesse, pour votre accueil,
    de m'avoir aidé, de m'avoir renseigné, pour votre réponse, grand merci, merci énormément,
    vous m'avez bien aidé, vous m'avez bien aidée, vous m'avez beaucoup aidé, vous êtes gentil,
    vous êtes bien aimable
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
    vous pouvez mettre fin à l’appel, j'ai plus de questions, ciao ciao, bisous, c'est {all},
    c'était {all}, ce sera {all}, ça sera {all}, voilà {all}, {nice} {while},
    {nice} {while} à vous, {nice} {while} à vous aussi, passez une {nice} {while},
    passez un {nice} {while}, à {day}, on se voit {day}, on se rappelle, je dois {day},
    je dois filer, je dois partir, je dois vous quitter, je file, il faut que je file,
    il faut que je raccroche, je vais y aller, j'y vais, je vais vous laisser, je te laisse,
    je ne vous retiens pas, je ne vous dérange pas plus, je vous dérange pas plus,
    je n'ai plus d'autres questions, je n'ai pas d'autres questions, je n'ai plus de question,
    j'ai pas d'autres questions, j'ai pas d'autre question, plus de questions,
    pas d'autre question, pas d'autres questions, je n'ai besoin de rien d'autre,
    j'ai besoin de rien d'autre, rien de plus, rien d'autre pour moi, non rien merci,
    je vous rappelle plus tard, je vous rappelle demain, je vous rappellerai plus tard,
    je rappelle plus tard, je rappelle demain, je rappellerai demain, je vais réfléchir,
    j'ai toutes les informations, j'ai toutes mes réponses, j'ai ma réponse,
    ça répond à ma question, vous avez répondu à ma question, vous avez répondu à mes questions,
    vous pouvez terminer l'appel, vous pouvez couper, mettez fin à l'appel, terminez l'appel,
    vous pouvez raccrocher maintenant, prenez soin de vous, portez-vous bien, tout est bon,
    tout est clair, tout est réglé, tout est en ordre, on va s'arrêter là, on s'arrête là,
    ça suffira, ça me va, ça me convient, au plaisir, bien à vous, <{all} salut, ciao
  `,
  farewells: phrases`
    au revoir, adieu, bye, ciao, aurevoir, bye bye, adieu merci, au revoir à vous, au plaisir,
    à la revoyure, bye-bye, tchao, tchüss, ciao ciao, merci salut, merci à plus, ok salut,
    allez salut, bon vent, à tchao
  `,
  keeping: phrases`
    mais, attendez, attends, quittez pas, ne, pas encore, dit, dire, avant, sauf, sinon, juste une,
    une dernière, encore une, par contre, argent, raccrochez pas, coupez pas
  `,
  greetings: phrases`
    bonjour, bonsoir, allô, allo, salut, coucou, comment allez-vous, comment ça va,
    il y a quelqu'un, vous m'entendez, est-ce que vous m'entendez, ça va, vous êtes là,
    je suis bien à la réception, c'est bien l'hôtel, je suis bien chez, enchanté, bien le bonjour,
    est-ce que je suis bien à, vous allez bien, y a quelqu'un, rebonjour, bonjour à vous, hello,
    bonjour bonjour, allô allô, bien bonjour, bonsoir à vous, bonjour à tous, re-bonjour,
    salutations, hey, hé, comment vous allez, comment allez vous, comment vas-tu,
    vous allez bien aujourd'hui, comment ça va aujourd'hui, j'espère que vous allez bien,
    vous m'entendez bien, est-ce que vous m'entendez bien, m'entendez-vous, quelqu'un m'entend,
    il y a quelqu'un au bout du fil, êtes-vous là, est-ce que vous êtes là, je suis bien à l'hôtel,
    je suis à l'hôtel, je suis bien avec la réception, c'est la réception, c'est l'hôtel,
    c'est bien la réception, c'est bien l'accueil, suis-je bien à l'hôtel, est-ce bien l'hôtel,
    est-ce la réception, je parle à la réception, à qui ai-je l'honneur, qui est à l'appareil,
    ravi de vous parler
  `,
  introductions: phrases`
    je m'appelle, c'est, je suis, mon nom est, à l'appareil, ici, moi c’est, ici madame,
    ici monsieur, je me présente, de la part de, je vous appelle de, j'appelle de, au téléphone,
    madame, monsieur, moi c'est
  `,
  rules: [
    [
      'unknown',
      phrases`
        ne raccrochez pas, raccrochez pas, autre chose, une autre question, attendez, répéter,
        répétez, redire, vous avez dit quoi, qu'est-ce que vous avez dit, qu'avez-vous dit,
        pas compris, pas entendu, vous entends mal, vous entends pas, entends rien,
        parler plus fort, parler plus lentement, moins vite, plus lentement, coupez pas,
        ne quittez pas, vous êtes un robot, vous êtes une machine, êtes-vous un robot,
        vous êtes humain, quel dommage, quelle horreur, quelle honte, quelle chance,
        quelle surprise, quelle histoire, c'est-à-dire, je ne sais pas quoi
      `,
    ],
    [
      'booking',
      phrases`
        personne de plus, personne en plus, personne supplémentaire, {tell} si _ {room} _ {free},
        {tell} s'il vous reste, {tell} s'il reste, {look} _ {room} _ {free},
        savoir si _ {room} _ {free}, savoir s'il vous reste, savoir s'il reste,
        savoir si vous avez encore, savoir si _ {room} pour
      `,
    ],
    [
      'request_info',
      phrases`
        voulais savoir, voudrais savoir, aimerais savoir, aimerait savoir, souhaite savoir,
        souhaiterais savoir, besoin de savoir, expliquez-moi, dites-moi, me demandais
      `,
    ],
    [
      'question',
      phrases`
        venir avec mon, venir avec ma, venir avec un, venir avec des, quelle est l'adresse,
        quelle est votre adresse, quel est le numéro, quel est votre numéro, est gratuit*,
        sont gratuit*, les chambres ont, les chambres sont, la chambre a, la chambre est,
        dans la chambre, dans les chambres, en chambre, combien, acompte, caution, annulation est,
        annulation gratuite, conditions d'annulation, que se passe-t-il, qu'est-ce qui se passe si
      `,
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
        je vous appelle pour ma, des détails, consulter ma, me rappeler, indiquer, en savoir plus,
        retrouvez, j'aurais une question, me {tell}, m'{tell}, nous {tell}, l'{tell}, {look},
        {want} _ {fact}, pour avoir _ {fact}, avoir _ {fact}, {have} _ {fact}, donnez-nous,
        dites-nous, dis-moi, parlez-nous, précisez-moi, indiquez-moi, expliquez-nous,
        transmettez-moi, confirmez-moi, passez-moi, rappelez-moi, faites-moi parvenir, concernant,
        à propos, au sujet, question pour, petite question, une question, questions sur,
        des questions, me demandais, demander, renseigne, comprendre, appelle pour ma,
        appelle pour la {matter}, appelle pour une {matter}, rapport à mon, rapport à ma,
        en ce qui concerne, intéresse, plus sur
      `,
    ],
    [
      'question',
      phrases`
        combien, à quelle heure, jusqu'à quelle heure, frais, faut-il
      `,
    ],
    [
      'booking',
      phrases`
        venir en, voudrait venir, voudrions venir, un lit pour, plus venir, enlevez, mettez-moi,
        repousser, mon séjour, pour réserver, aimerait venir, enlever notre nom, réserver,
        réservez, réserve, réservez-moi, annuler, annulez, annulez-la, décaler, une réservation,
        modifier, changer ma réservation, changer la réservation, déplacer, changer les dates,
        reporter, rester une nuit, nuit de plus, nuit supplémentaire, prolonger, chambre* de libre,
        chambre* libre*, chambre* disponible*, disponibilité*, il vous reste, vous reste-t-il,
        de la place, voudrais _ chambre, souhaite _ chambre, voudrais _ simple, voudrais _ double,
        voudrais _ suite, faudrait _ chambre, faudrait _ simple, faudrait _ double,
        besoin _ chambre, prendre _ chambre, chambre pour, cherche _ chambre, prends _ chambre,
        prends _ suite, quelque chose de libre, quelque chose pour, je la prends, veux _ chambre,
        aimerais _ chambre, double pour, simple pour, suite pour, arriver un jour plus tôt,
        souhaiterais _ chambre, faut _ chambre, faire une réservation, dormir, libre ce soir,
        avancer, {want} _ {room}, {want} _ {change}, {want} _ venir, {want} _ dormir,
        {want} _ rester, {want} _ passer, {want} _ loger, {want} _ séjourner,
        {have} {some}? {room}, {have} _ {room} _ {free}, {have} _ {room} pour,
        {have} quelque chose, {have} de la place, {room} _ {free}, {room} pour, {room} du,
        {room} avec, {room} {date}, {room} à partir, {change} _ {stay}, annule*, annulation de ma,
        complet, complets, plus de place, encore de la place, personne de plus,
        personne supplémentaire, lit supplémentaire, lit bébé, nuits de plus,
        nuits supplémentaires, jour de plus, jours de plus, plus longtemps, autre chambre,
        chambre plus, arriver plus tôt, arriver plus tard, partir plus tôt, partir plus tard,
        arriver un jour, la prends, je prends la, je prends une, on prend la, on la prend, bloquer,
        gardez-moi, inscrivez, notez-moi, notez-nous, réservons, réserverais, réserverait, loger,
        héberger, venir, viendrai plus, peux pas venir, pourrons pas venir, pourrai pas venir,
        peut pas venir, pourra pas, viens plus, vient plus, renoncer
      `,
    ],
    [
      'unknown',
      phrases`
        je sais pas, sais plus, aucune idée, marche pas, fonctionne pas, en panne, inadmissible,
        scandaleux, fait une heure que, n'importe quoi, n'importe quel*, n'importe où, comme quoi,
        peu importe, quand même pas, quand j'étais, qui a dit
      `,
    ],
    [
      'question',
      phrases`
        est chauffée, c’est calme, vous auriez pas, est-elle, c’est bruyant, vous n’auriez pas,
        elle est, est ouvert, est ouverte, est-ce que, est-ce, quel, quelle, quels, quelles, où,
        quand, comment, pourquoi, y a-t-il, il y a, avez-vous, vous avez, peut-on, on peut,
        puis-je, je peux, y a, êtes-vous, vous êtes, sont acceptés, est compris, il est compris,
        elle a, est inclus, sont admis, a-t-elle, est-il, sont-ils, acceptez-vous, vous acceptez,
        vous faites, faites-vous, proposez-vous, vous proposez, qui, c’est quoi, c’est loin,
        ça coûte, sont autorisés, pouvons-nous, vous prenez, prenez-vous, doit-on, c est ouvert,
        pourrait-on, est gratuit, c’est payant, ça fait, à quel, à quelle, de quel, dans quel,
        dans quelle, à partir de quand, à partir de quelle, est chauffé*, est inclus*,
        est compris*, est autorisé*, est accepté*, est payant*, est possible, sont inclus*,
        sont compris*, sont accepté*, sont payant*, sont ouvert*, est ouvert*, est loin,
        est fermé*, est proche, a-t-on, a t il, y aurait-il, il y aurait, on a, on doit, dois-je,
        je dois, faut, faudra, peuvent, peut-il, pourrais-je, pourrais, pourrait, pourriez-vous,
        pouvez-vous, est-ce qu', elles ont, ont-elles, disposez-vous, vous disposez, vous servez,
        servez-vous, vous fournissez, fournissez-vous, vous offrez, offrez-vous, vous fermez,
        ouvrez-vous, vous ouvrez, vous autorisez, vous organisez, ça ouvre, ça ferme, ça se trouve,
        c'est où, c'est quand, c'est combien, c'est à, c'est inclus, c'est compris, c'est possible,
        c'est gratuit, lequel, laquelle, lesquels, que faut-il, qu'est-ce, admis, admises,
        autorisé*, accepté*
      `,
    ],
  ],
}

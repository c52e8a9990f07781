import type { LanguageWords } from './language-words.ts'
import { listOf } from './list-of.ts'

export const french: LanguageWords = {
  backchannels: listOf(`
    mm, mmm, mhm, hm, hmm, m, mm hm, ah, ah oui, ah bon, ah d accord, oh, aha, euh, ben, bah, oui,
    ouais, ouaip, oui oui, d accord, accord, ok, okay, bien, tres bien, bon, parfait, super,
    entendu, je vois, je comprends, compris, c est bon, c est ca, exactement, tout a fait, voila,
    merci, bien sur, pas de probleme, ca marche, genial, vraiment, tiens, hein
  `),
  stops: listOf(`
    stop, attends, attendez, non, arrete, arretez, halte, un instant, un moment, une seconde,
    une minute, pardon, excusez moi, excuse moi, assez, ca suffit, silence, ecoutez, mais, pas,
    allo, comment, quoi, desole, desolee, faux, doucement, si,
    au revoir, adieu, bonne journee, bonne soiree
  `),
  answers: listOf(`
    oui, ouais, oui merci, oui s il vous plait, oui d accord, d accord, oui c est ca, c est ca,
    exactement, tout a fait, bien sur, oui bien sur, volontiers, ok, c est bon, parfait,
    absolument, oui parfait, si, non, non merci, pas vraiment, non c est tout, non ca ira,
    c est correct
  `),
  fillers: listOf(`
    euh, heu, hm, hmm, ben, bah, alors, enfin, voyons, disons, eh bien, en fait, bon, donc
  `),
  openEndings: listOf(`
    me dire, preferais, prefererais, prefere, crois, pense, nous faut, il faut, il nous faut,
    me donner, savoir, avoir, prendre, changer, envoyer, envoyez, avons besoin, amener, venir,
    voulons, voulez, allons, vais, aller, pourrais, pourriez, devons, le, la, les, l, un, une,
    des, du, de, d, au, aux, mon, ma, mes, notre, nos, votre, vos, son, sa, ses, ce, cette, cet,
    ces, quel, quelle, leur, et, ou, mais, parce que, car, si, quand, que, qu, qui, dont, puis,
    comme, lorsque, puisque, donc, alors, a, pour, avec, sans, dans, en, sur, sous, chez, vers,
    entre, depuis, jusqu, jusqu a, par, pendant, avant, apres, pres de, contre, je, j, nous, on,
    il, elle, ils, elles, c, est, suis, sommes, sont, etait, voudrais, voudrait, aimerais,
    aimerait, veux, veut, peux, peut, pouvez, dois, doit, faut, ai, avons, avez, m appelle,
    nom est, numero est, c est, est ce que, est ce qu, il y a, aussi, peut etre, tres, plutot,
    environ, besoin, cherche, reserver, ne, n, m, s, y a t il, a cote
  `),
  brackets: [],
  subordinators: listOf(`
    parce que, parce qu, car, si, quand, lorsque, puisque, puisqu, donc, pour que, afin que,
    comme, bien que, tandis que
  `),
  wholeQuestions: listOf(`
    quoi, ou, quand, pourquoi, combien, combien de temps, jusqu a quand, depuis quand,
    a partir de quand, c est combien, c est ou, c est quand, c est quoi, vous etes ou,
    c est pour quand, a quelle heure est le check in, le check in est a quelle heure
  `),
  questions: listOf(`
    que, qu, quel, quelle, quels, a quelle, comment, combien, quand, ou, pourquoi, est ce que,
    est ce qu, avez vous, y a t il, puis je, peut on, pouvez vous, c est possible, vous avez
  `),
  greetings: listOf('bonjour, bonsoir, allo, salut, oui bonjour'),
  introductions: listOf('je m appelle, mon nom est, je suis, ici, c est'),
  closings: listOf(`
    s il vous plait, s il te plait, merci, merci beaucoup, c est tout, au revoir, voila,
    c est possible, demain, ce soir, aujourd hui, ca me va, ca nous va, ca marche, ca me convient,
    ca nous convient, c est parfait, c est bon, c est bien, tres bien, d accord, je la prends
  `),
  digits: {
    zero: 0,
    un: 1,
    une: 1,
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    neuf: 9,
  },
  numbers: listOf(`
    dix, onze, douze, treize, quatorze, quinze, seize, vingt, vingts, trente, quarante, cinquante,
    soixante, septante, huitante, nonante, cent, cents, mille
  `),
  doubles: { double: 2, triple: 3, deux: 2 },
  spellingWords: listOf(`
    point, arobase, tiret, souligne, comme, double, majuscule, minuscule, accent, aigu
  `),
  months: listOf(`
    janvier, fevrier, mars, avril, mai, juin, juillet, aout, septembre, octobre, novembre,
    decembre
  `),
  days: listOf(`
    aujourd hui, demain, apres demain, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche,
    ce soir, week end, weekend
  `),
}

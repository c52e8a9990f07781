import type { LanguageWords } from './language-words.ts'
import { listOf } from './list-of.ts'

export const italian: LanguageWords = {
  backchannels: listOf(`
    mm, mmm, mhm, hm, hmm, m, mm hm, ah, ah si, ah ok, ah ecco, oh, eh, ehm, beh, aha, si, si si,
    si certo, certo, certamente, ok, okay, okey, bene, va bene, molto bene, benissimo, d accordo,
    perfetto, capisco, ho capito, capito, esatto, esattamente, giusto, ottimo, grazie, ecco,
    nessun problema, davvero, bello, infatti, come no, chiaro, gia
  `),
  stops: listOf(`
    ferma, fermo, fermati, si fermi, no, aspetta, aspetti, basta, alt, stop, un attimo,
    un momento, un secondo, un minuto, attenda, scusi, scusa, mi scusi, silenzio, zitto, zitta,
    ascolti, ascolta, senta, ma, pero, non, pronto, cosa, come, sbagliato, piano,
    arrivederci, arrivederla, addio
  `),
  answers: listOf(`
    si, si grazie, si per favore, si certo, certo, esatto, si esatto, giusto, va bene, si va bene,
    d accordo, perfetto, ok, certamente, volentieri, corretto, si corretto, si perfetto, no,
    no grazie, no e tutto, no basta cosi, direi di no, non proprio
  `),
  fillers: listOf(`
    eh, ehm, em, hm, hmm, beh, allora, dunque, cioe, diciamo, vediamo, insomma, mah
  `),
  openEndings: listOf(`
    dire, preferirei, preferisco, credo, penso, ci serve, ci servono, ci servano, mi serve,
    vorrebbero, vorrebbe, portare, mandare, mandi, cambiare, avere, sapere, dirmi, restare,
    venire, dovrei, dovremmo, possiamo, potete, servirebbe, magari, dipende, il, lo, la, i, gli,
    le, l, un, uno, una, del, della, dei, delle, dello, al, alla, ai, alle, allo, nel, nella, sul,
    sulla, dal, dalla, mio, mia, miei, suo, sua, nostro, nostra, questo, questa, quel, quella,
    ogni, qualche, e, ed, o, oppure, ma, perche, se, quando, che, come, mentre, pero, dove,
    quindi, cui, anche se, poi, a, ad, di, da, in, con, su, per, tra, fra, senza, fino a, verso,
    durante, prima di, dopo, vicino a, presso, io, noi, sono, siamo, era, vorrei, vorremmo,
    voglio, vuole, devo, dobbiamo, posso, puo, potrei, potrebbe, ho, abbiamo, ha, mi chiamo,
    nome e, numero e, c e, ci sono, anche, forse, molto, piu, mi, ci, si, cerco, prenotare,
    prossimo, prossima, bisogno, circa, non, sarebbe
  `),
  brackets: [{ ends: ['e'], after: listOf('dov, com, quant, qual'), apart: 0 }],
  subordinators: listOf(`
    perche, se, quando, mentre, anche se, affinche, quindi, siccome, poiche, dato che, cosi
  `),
  wholeQuestions: listOf(`
    che cosa, cosa, dove, quando, quanto, perche, come, fino a quando, da quando, che cos e,
    cos e, quand e, chi e, com e, a che ora e, dove siamo, dove sono,
    a che ora e il check in, quando e il check in
  `),
  questions: listOf(`
    che, cosa, che cosa, a che, quale, quanto, quanti, quando, come, dove, chi, perche, avete, ha,
    posso, possiamo, potrei, e possibile, c e, ci sono
  `),
  greetings: listOf('buongiorno, buonasera, salve, ciao, pronto, buon giorno, buona sera'),
  introductions: listOf('mi chiamo, il mio nome e, sono, parla, qui'),
  closings: listOf(`
    per favore, per piacere, grazie, grazie mille, e tutto, basta cosi, arrivederci, e possibile,
    domani, oggi, stasera, va bene, mi va bene, ci va bene, sembra ottimo, sembra perfetto,
    d accordo, perfetto, la prendo, suona bene
  `),
  digits: {
    zero: 0,
    uno: 1,
    una: 1,
    due: 2,
    tre: 3,
    quattro: 4,
    cinque: 5,
    sei: 6,
    sette: 7,
    otto: 8,
    nove: 9,
  },
  numbers: listOf(`
    dieci, undici, dodici, tredici, quattordici, quindici, sedici, diciassette, diciotto,
    diciannove, venti, ventuno, ventidue, ventitre, ventiquattro, venticinque, ventisei,
    ventisette, ventotto, ventinove, trenta, trentuno, quaranta, cinquanta, sessanta, settanta,
    ottanta, novanta, cento, duecento, trecento, quattrocento, cinquecento, mille, duemila
  `),
  doubles: { doppio: 2, doppia: 2, triplo: 3 },
  spellingWords: listOf(`
    punto, chiocciola, trattino, basso, come, doppia, maiuscola, minuscola
  `),
  months: listOf(`
    gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre,
    novembre, dicembre
  `),
  days: listOf(`
    oggi, domani, dopodomani, lunedi, martedi, mercoledi, giovedi, venerdi, sabato, domenica,
    stasera, fine settimana, weekend
  `),
}

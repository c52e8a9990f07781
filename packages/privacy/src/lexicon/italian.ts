import type { Lexicon } from '../lexicon.ts'
import { compounds, count } from './build-numbers.ts'
import { phrases, words } from './word-lists.ts'

const units = { ...count('uno due tre quattro cinque sei sette otto nove', 1), tré: 3 }
const tens = count('venti trenta quaranta cinquanta sessanta settanta ottanta novanta', 20, 10)
const teens = count(
  'dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  10,
)
const join = (ten: string, unit: string) => (/^[ou]/.test(unit) ? ten.slice(0, -1) : ten) + unit
const belowHundred = { ...units, ...teens, ...tens, ...compounds(tens, units, join) }
const hundreds = {
  cento: 100,
  ...Object.fromEntries(
    Object.entries(units).map(([word, value]) => [`${word}cento`, value * 100]),
  ),
}
const glue = (left: string, right: string) => left + right
/** "centottanta", not only "centoottanta". */
const elide = (left: string, right: string) =>
  (right.startsWith('o') ? left.slice(0, -1) : left) + right
const belowThousand = {
  ...belowHundred,
  ...hundreds,
  ...compounds(hundreds, belowHundred, glue),
  ...compounds(hundreds, belowHundred, elide),
}

export const italian: Lexicon = {
  numbers: {
    zero: 0,
    un: 1,
    una: 1,
    ...count('mille duemila', 1000, 1000),
    ...belowThousand,
    ...compounds({ duemila: 2000 }, belowHundred, glue),
    ...compounds({ millenovecento: 1900 }, belowHundred, glue),
    ...compounds({ millenovecento: 1900 }, belowHundred, elide),
  },
  ordinals: { primo: 1 },
  hundred: [],
  thousand: ['mila'],
  double: phrases`doppio, doppia, due volte`,
  triple: phrases`triplo, tripla, tre volte`,
  months: phrases`
    gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre,
    dicembre
  `,
  and: [],
  dateGlue: phrases`il, di, del, dal, al, in, nel, l, è, alla, nella, dalla, lo`,
  pauses: phrases`ehm, eh, poi, spazio, trattino, e, allora, barra, dopo`,
  at: phrases`chiocciola, at, chiocciolina`,
  dot: phrases`punto, dot`,
  dash: phrases`trattino, meno, lineetta`,
  underscore: phrases`underscore, trattino basso`,
  contexts: {
    card: phrases`
      carta, carta di credito, numero di carta, numero della carta, carta di debito, bancomat, visa,
      mastercard, codice di sicurezza, scade, cvv, carte
    `,
    iban: phrases`iban, numero di conto, conto corrente, conto`,
    email: phrases`
      email, mail, posta elettronica, e mail, indirizzo email, indirizzo mail, mail è, email è,
      indirizzo è, indirizzo email è, e mail è, posta elettronica è
    `,
    phone: phrases`
      telefono, numero di telefono, cellulare, telefonino, richiamarmi, chiamarmi, richiamare,
      fisso, whatsapp, mio numero, numero di cellulare, mi chiami, mi richiami, contattarmi,
      recapito, raggiungibile, interno, contattatemi
    `,
    passport: phrases`passaporto, numero di passaporto, numero del passaporto, passaporti`,
    id: phrases`
      carta d identità, carta di identità, documento, codice fiscale, numero di documento, patente,
      tessera sanitaria, numero di identità, permesso di soggiorno, numero della patente,
      partita iva, documento d identità, documento di identità, numero di tessera, identificativo
    `,
    'birth-date': phrases`nato, nata, nascita, data di nascita, compleanno, nato il, nata il`,
    confirmation: phrases`
      prenotazione è, numero di prenotazione, codice di prenotazione, numero di conferma,
      codice di conferma, codice prenotazione, numero della prenotazione, prenotazione numero,
      riferimento, conferma, codice è, numero prenotazione, codice della prenotazione,
      numero di riferimento, numero pratica, codice conferma
    `,
  },
  room: phrases`camera, stanza, suite`,
  number: phrases`numero, nr, n, num`,
  units: phrases`
    euro, centesimi, franchi, notte, notti, giorno, giorni, settimana, settimane, persona, persone,
    adulti, adulto, bambini, bambino, camere, letto, letti, posti, ora, ore, minuti, metri,
    chilometri, stelle, gradi, anni, volte, valigie, piano, asciugamani, macchine
  `,
  nameIs: phrases`
    è sotto, prenotato a nome di, mi chiamo, il mio nome è, nome è, a nome di, a nome, il cognome è,
    cognome è, mio cognome è, da parte di, sotto il nome di, si chiama, cognome, qui parla,
    per conto di, al nome di, il nome
  `,
  mayBeName: phrases`sono, qui è, è, parla, qui, con`,
  nameEnds: phrases`al telefono, all apparecchio`,
  nameBefore: ['all apparecchio'],
  titles: phrases`
    dott ssa, sig ra, sig na, dr ssa, signor, signora, signorina, signore, dottor, dottore,
    dottoressa, sig, dott, avvocato, professor, ingegner
  `,
  notBeforeTitle: phrases`un, una, mia, grazie, quel, quella`,
  particles: phrases`di, de, del, della, la, lo, li, dal, dalla, van, von, degli`,
  greetings: phrases`buongiorno, buonasera, pronto, salve, ciao, buon pomeriggio, giorno, sera`,
  ordinary: words`
    il lo la i gli le l un uno una e ed o ma se che chi cosa quale quali quando dove come perché
    quanto quanta quanti quante io tu lui lei noi voi loro mi ti si ci vi me te mio mia miei mie tuo
    suo sua suoi sue nostro nostra vostro vostra questo questa questi queste quello quella quel è
    sono sei siamo siete era ero essere stato stata sia sarebbe ho hai ha abbiamo avete hanno avevo
    aveva avere avrei avrebbe avrebbero posso può possiamo potete possono potrei potrebbe potremmo
    voglio vuole vogliamo vorrei vorremmo volevo volevamo devo deve dobbiamo dovrei faccio fa fare
    fatto vado va andare viene vengo venire non no sì certo va bene ok allora poi dunque quindi ecco
    anche ancora già adesso ora qui qua lì là sempre mai niente nulla qualcosa qualcuno nessuno
    tutto tutta tutti tutte altro altra altri stesso a ad al allo alla ai alle da dal dallo dalla
    dai dalle di del dello della dei delle in nel nello nella nei nelle con col su sul sulla per tra
    fra senza sotto sopra prima dopo durante fino verso grazie ciao pronto buongiorno buonasera
    arrivederci salve giorno sera notte mattina pomeriggio oggi domani ieri settimana mese anno fine
    camera camere stanza doppia singola matrimoniale letto letti colazione cena pranzo hotel albergo
    prenotazione prenotare prenotato prezzo tariffa pagare pagamento conto fattura nome cognome
    numero telefono cellulare mail indirizzo carta chiamo chiamare chiamata chiama parlo parla
    parlare dire dica dico domanda chiedere informazione informazioni bisogno cerco arrivare arrivo
    partenza partire cambiare disdire cancellare confermare conferma dare dia vedere guardare
    mandare inviare sapere so credo penso aspetti aspetta attimo momento secondo minuto sicuro
    sicura giusto corretto vero sbagliato problema aiuto libera libero disponibile disponibili
    completo nuovo vecchio tardi presto prossimo prossima ultimo ultima primo prima cliente ospite
    gente famiglia moglie marito figlio figlia bambino bambina amico collega madre padre signore
    signora reception capo ditta allergico allergica vegetariano vegetariana incinta malato malata
    stanco stanca perso persa solo sola sposato sposata interessato interessata contento contenta
    perfetto ottimo benissimo caro cara economico possibile impossibile urgente importante tanto
    tanta molto molta molti poco poca più meno troppo parcheggio piscina spa bar ristorante
    aeroporto stazione taxi autobus treno incluso inclusa gratis vicino lontano esatto esattamente
    mila felice d quattro arrivato arrivata
  `,
}

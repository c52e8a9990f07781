import { phrases } from '../phrases.ts'

/** Words that stand for each other in the cues. */
export const italianWords = {
  want: phrases`
    voglio, vogliamo, vorrei, vorremmo, volevo, volevamo, serve, servirebbe, servono,
    servirebbero, bisogno, cerco, cerchiamo, sto cercando, stiamo cercando, prendo, prendiamo,
    prenderei, desidero, desidererei, mi piacerebbe, ci piacerebbe, mi dia, ci dia, mi metta,
    ci metta, mi trovi, devo, dobbiamo, dovrei, dovremmo, posso, possiamo, potrei, potremmo,
    posso avere, mi fa, preferirei, avrei bisogno, gradirei, mi tenga, interessa,
    interesserebbe, sarebbe possibile, è possibile, si può, si potrebbe, può, potrebbe, mi può,
    sarei interessato, sarei interessata
  `,
  have: phrases`
    avete, avreste, ha, avrebbe, c'è, ci sono, c'è ancora, ci sarebbe, ci sarebbero,
    vi è rimasta, vi è rimasto, vi sono rimaste, è rimasta, è rimasto, è rimasto ancora,
    sono rimaste, vi resta, resta, avete ancora, ci sono ancora, per caso avete, avete per caso,
    hai, non avreste, c'è per caso
  `,
  some: phrases`
    una, un, qualche, ancora, ancora una, un'altra, delle, altre, due, tre, almeno una, la, più
  `,
  room: phrases`
    camera, camere, stanza, stanze, doppia, doppie, singola, singole, matrimoniale, familiare,
    tripla, quadrupla, suite, letto, letti, posto, posti, alloggio, sistemazione, appartamento,
    notti, cameretta, monolocale
  `,
  free: phrases`
    libera, libere, libero, liberi, disponibile, disponibili, disponibilità, rimasta, rimaste
  `,
  date: phrases`
    stasera, stanotte, oggi, domani, lunedì, martedì, mercoledì, giovedì, venerdì, sabato,
    domenica, weekend, fine settimana, notte, notti, gennaio, febbraio, marzo, aprile, maggio,
    giugno, luglio, agosto, settembre, ottobre, novembre, dicembre, ferragosto, natale, pasqua,
    capodanno, settimana, ponte
  `,
  change: phrases`
    disdire, cancellare, annullare, spostare, modificare, cambiare, rimandare, rinviare,
    posticipare, anticipare, prolungare, allungare, estendere, accorciare, aggiungere, togliere,
    passare, trasferire, ridurre, aggiornare, variare, slittare, disdico, cancello, annullo,
    sposto, disdetto
  `,
  stay: phrases`
    prenotazione, prenotazioni, soggiorno, arrivo, partenza, date, data, camera, stanza,
    persona, notte, notti, letto, vacanza, visita, permanenza, check in, ospite
  `,
  tell: phrases`
    dire, mandare, inviare, spiegare, dare, confermare, indicare, raccontare, parlare, passare,
    fornire, comunicare, ricordare, leggere, chiarire, girare, spedire, controllare, verificare,
    illustrare, descrivere, informare, trovare la, rimandare la fattura, rimandare la ricevuta,
    fare avere, far avere, far sapere, far sapere se
  `,
  tellme: phrases`
    mi dica, ci dica, dimmi, mi mandi, ci mandi, mi invii, ci invii, mi spieghi, ci spieghi,
    mi racconti, mi indichi, mi confermi, mi dia, mi passi, mi ricordi, mi faccia sapere,
    mi faccia avere, controlli, verifichi, guardi se, veda se, mi dice, mi spiega, mi racconta,
    mi indica, mi conferma, mi manda, mi invia, mi passa, mi ricorda, mi controlla, mi verifica,
    mi sa dare, mi saprebbe dire, sa dirmi, saprebbe dirmi, ci sa dire, può dirmi, può dirci,
    può darmi, può mandarmi, può inviarmi, può spiegarmi, può confermarmi, può controllare,
    può verificare, potrebbe dirmi, potrebbe darmi, potrebbe mandarmi, potrebbe inviarmi,
    potrebbe spiegarmi, potrebbe confermarmi
  `,
  fact: phrases`
    informazion*, info, indirizzo, numero, telefono, dettagli, indicazioni, recapito, listino,
    brochure, dépliant, menù, copia, fattura, ricevuta, preventivo, tariffe, orari, lista dei,
    conferma, chiariment*, delucidazion*, posizione, password, mail, email, codice, contatto,
    contatti
  `,
  matter: phrases`
    fattura, prenotazione, pagamento, conto, addebito, soggiorno, caparra, rimborso, matrimonio,
    evento, offerta, promozione, parcheggio, disdetta, ricevuta, ordine, colazione, convegno
  `,
  nice: phrases`
    buon, buona, bella, bel, ottima, splendida, buonissima, buone, felice, una buona, un buon,
    una bella, un bel, una splendida, tanto buona
  `,
  while: phrases`
    giornata, serata, notte, nottata, giorno, sera tutti, fine settimana, weekend, week end,
    settimana, domenica, lavoro, proseguimento, vacanze, feste, viaggio, pranzo, cena, riposo,
    resto di giornata, fortuna
  `,
  day: phrases`
    lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, presto, domani, dopo,
    più tardi, stasera, prestissimo, la prossima, breve, risentirci, rivederci, risentirla,
    prossima volta, settimana prossima, la settimana prossima, allora, dopodomani, tra poco,
    fra poco, poi, lì, allora poi
  `,
  all: phrases`
    tutto, tutto qui, tutto qua, quanto, tutto grazie, tutto per oggi, tutto per ora,
    tutto per adesso, tutto da parte mia, tutto quello che volevo sapere,
    tutto quello che mi serviva, tutto ciò che volevo sapere, tutto ciò che mi serviva,
    tutto quello di cui avevo bisogno, quello che volevo sapere, quello che mi serviva,
    sufficiente, tutto per il momento, tutto chiaro, tutto a posto
  `,
  ok: phrases`
    ok, okay, va bene, bene, grazie, mille, perfetto, benissimo, d'accordo, ottimo, allora,
    posto, gentile, gentilissima, gentilissimo, tutto, presto, chiaro, sentiamo, vediamo,
    ringrazio, dopo, tardi, infinite, giornata, serata, domani
  `,
}

import type { LanguageCues } from '../intent.ts'
import { phrases } from '../phrases.ts'
import { italianWords } from '../words/italian.ts'

export const italian: LanguageCues = {
  language: 'it',
  apostrophe: 'space',
  spellings: [],
  words: italianWords,
  fillers: phrases`
    da parte mia, credo, credo sia, ehilà, così, di cuore, ehm, eh, beh, mah, allora, dunque, ecco,
    sì, no, ok, okay, va bene, bene, perfetto, ottimo, benissimo, d'accordo, e, ma, quindi,
    signora, signore, anche a lei, altrettanto, davvero, molto, gentile, gentilissima,
    gentilissimo, molto gentile, per ora, per oggi, per favore, per cortesia, adesso, ora, senta,
    poi, certo, tutto chiaro, per il momento, dai, niente, figuriamoci, ci mancherebbe, si figuri,
    capito, ho capito, chiaro, certamente, sicuramente, esatto, esattamente, fantastico,
    meraviglioso, splendido, magnifico, eccellente, stupendo, guardi, diciamo, insomma, cioè,
    comunque, anche a voi, a lei, a voi, a te, tutti, davvero gentile, è stato gentilissimo,
    è stata gentilissima, è stato molto gentile, è stata molto gentile, siete gentilissimi,
    siete stati gentilissimi, carissimo, cara, caro, dottore, dottoressa, per adesso, per me,
    penso, direi, direi che, credo che, nessun problema, non c'è problema, mi ha aiutato molto,
    gentili, a tutti, sì sì, no no, pure, anche, già, tutto bene, senz'altro, sul serio,
    perfettamente, veramente, le auguro, vi auguro, con questo, solo
  `,
  thanks: phrases`
    grazie, grazie mille, mille grazie, grazie tante, la ringrazio, grazie infinite, ringrazio,
    grazie a lei, grazie di tutto, la ringrazio molto, per l'aiuto, per le informazioni,
    grazie di cuore, la ringrazio tanto, dell'aiuto, di tutto, per la disponibilità,
    della disponibilità, grazie ancora, grazie anche a lei, grazie a voi, grazie per tutto,
    grazie dell'aiuto, grazie per l'aiuto, tante grazie, grazie grazie, grazie molte,
    grazie davvero, vi ringrazio, la ringrazio di tutto, la ringrazio infinitamente, ti ringrazio,
    ringraziandola, per le info, delle informazioni, per l'informazione, dell'informazione,
    per il suo aiuto, del suo aiuto, per il suo tempo, del tempo, per la pazienza, della pazienza,
    per la gentilezza, della gentilezza, per avermi aiutato, per la risposta, è stato utilissimo,
    è stata utilissima, mi è stato di grande aiuto, mi è stata di grande aiuto, molto obbligato
  `,
  closings: phrases`
    ho finito, sia tutto, va bene così, abbiamo finito, tutto qui, è tutto, questo è tutto,
    era tutto, niente altro, nient'altro, nient altro, basta così, a posto così, sono a posto,
    siamo a posto, buona giornata, buona serata, buona notte, buon lavoro, buon weekend,
    buon fine settimana, buon proseguimento, devo andare, la saluto, vi saluto, devo lasciarla,
    a risentirci, devo scappare, può riattaccare, può chiudere, può attaccare, a venerdì, a sabato,
    a domani, alla prossima, a presto, ci sentiamo, ci vediamo, a più tardi, ciao ciao,
    ciao grazie, grazie ciao, ok ciao, a lunedì, va bene ciao, non mi serve altro,
    non ho bisogno d'altro, non ho altre domande, devo riattaccare, richiamo,
    non mi serve nient’altro, richiamo più tardi, richiamerò, la richiamo, ci sentiamo presto,
    tutto a posto grazie, tante belle cose, cordiali saluti, saluti, buona domenica,
    buon pomeriggio anche a lei, allora ciao, è {all}, questo è {all}, sarebbe {all}, era {all},
    credo sia {all}, dovrebbe essere {all}, direi {all}, direi che è {all}, tutto qua, ecco tutto,
    con questo ho finito, {nice} {while}, {nice} {while} anche a lei, {nice} {while} a lei,
    le auguro {nice} {while}, passi {nice} {while}, a {day}, alla {day}, ci vediamo {day},
    ci sentiamo {day}, ci risentiamo, ci risentiamo {day}, ci aggiorniamo, ci rivediamo,
    ci vediamo a {day}, la lascio, vi lascio, la lascio andare, la lascio lavorare, ti lascio,
    la saluto allora, devo salutarla, devo lasciarvi, devo proprio andare, devo andare adesso,
    ora devo andare, scappo, vado, io vado, non la trattengo, non la trattengo oltre,
    non la disturbo oltre, non la disturbo più, non ho più domande, non ho altro da chiedere,
    non ho altro, nessun'altra domanda, nessuna domanda, nessuna altra domanda, nient'altro grazie,
    nulla più, nulla, nient'altro da chiedere, niente più, non mi occorre altro,
    non mi serve niente altro, non mi serve più niente, non serve altro, non ho bisogno di altro,
    non ho bisogno di nient'altro, la richiamo io, richiamo io, richiamo domani, richiamo dopo,
    vi richiamo, vi richiamo io, vi richiamo più tardi, vi richiamo domani, la richiamo domani,
    la richiamo più tardi, la richiamo dopo, richiamerò domani, richiamerò più tardi,
    la richiamerò, vi richiamerò, mi faccio sentire, mi faccio risentire, mi farò sentire,
    mi farò risentire, ci penso, ci devo pensare, ci penso su, bene così, sono a posto così,
    siamo a posto così, è tutto a posto, tutto a posto, tutto risolto, ho tutto,
    ho tutte le informazioni, ho avuto tutte le informazioni, ha risposto a tutto,
    ha risposto a tutte le mie domande, ha risposto alla mia domanda, mi basta, mi basta così,
    basta, può terminare la chiamata, può chiudere la chiamata, può chiudere la telefonata,
    chiuda pure, riattacchi pure, può mettere giù, può riagganciare, riaggancio, riattacco, chiudo,
    metto giù, stia bene, statemi bene, mi stia bene, tante cose, tanti saluti, un saluto,
    un caro saluto, cari saluti, distinti saluti, un abbraccio, <{ok} ciao, <{ok} salve
  `,
  farewells: phrases`
    arrivederci, arrivederla, addio, a risentirla, ciao ciao, grazie ciao, bye, buonanotte,
    arrivederci a presto, arrivederci e grazie, arrivederci arrivederci, arrivederci a tutti,
    a rivederci, a risentirci presto, bye bye, ciao ciao ciao, addio addio, ciaociao, buona notte,
    ok ciao, au revoir, ci si sente, ci si vede, arrisentirci, arrisentirla
  `,
  keeping: phrases`
    ma, però, aspetti, aspetta, attenda, non riattacchi, non metta, detto, dire, dico, prima,
    solo una, un'ultima, ancora una, tranne, salvo, anzi, soldi, momento, attimo, chiuda,
    non ancora, salutato
  `,
  greetings: phrases`
    pronto, buongiorno, buon giorno, buonasera, buona sera, salve, ciao, buon pomeriggio, buondì,
    c'è qualcuno, mi sente, mi sentite, come sta, come va, con chi parlo, parlo con la reception,
    chi parla, parlo con l'albergo, parlo con l'hotel, è l'albergo, è l'hotel, piacere, come state,
    è la reception, salve salve, ciao a tutti, buongiorno a lei, buonasera a lei,
    buongiorno a tutti, buonasera a tutti, salve a tutti, hey, ehi, ehilà, hello,
    buongiorno buongiorno, un saluto, chi è, con chi ho il piacere, con chi sto parlando,
    come sta oggi, come sta lei, come va oggi, come stai, come andiamo, tutto bene, mi sente bene,
    mi sentite bene, mi sente adesso, qualcuno mi sente, c'è nessuno, è in linea, siete in linea,
    pronto pronto, parlo con, parlo con la struttura, parlo con la portineria,
    parlo con il ricevimento, è il ricevimento, è la portineria, siete l'hotel, sono in linea con,
    l'hotel, la reception, spero stia bene, spero tutto bene, molto piacere
  `,
  introductions: phrases`
    mi chiamo, siamo, sono, il mio nome è, qui è, parla, qui parla, chiamo da, il nome è, sono la signora,
    sono il signor, parla la, qui è il, qui è la, le parla, sono io, chiamo dalla, chiamo dal,
    vi chiamo da, al telefono, all'apparecchio, nome è
  `,
  rules: [
    [
      'unknown',
      phrases`
        quando è partito, non riattacchi, non chiuda, non attacchi, un'altra cosa,
        un'altra domanda, aspetti, ripetere, ripeta, può ripetere, me lo ripete, cosa ha detto,
        che ha detto, come ha detto, come dice, cosa intende, in che senso, non ho capito,
        non ho sentito, non la sento, non si sente, non sento, parlare più forte,
        parlare più piano, più lentamente, più piano, non metta giù, non mi metta giù,
        non butti giù, è un robot, è una macchina, è una persona vera, sto parlando con un robot,
        che peccato, che vergogna, che bello, che schifo, che disastro, che brutta, che bella,
        che strano, che caro, che sfortuna, che tempo, non so che, non so cosa, non so come,
        non so quando, non so se
      `,
    ],
    [
      'booking',
      phrases`
        sapere se _ {room} _ {free}, sapere se {have} {some}? {room},
        vedere se {have} {some}? {room}, sapere se {have} qualcosa, sapere se {have} posto,
        controllare se _ {room} _ {free}, controllare se {have} {some}? {room},
        guardare se _ {room} _ {free}, persona in più, persone in più, una notte in più
      `,
    ],
    [
      'request_info',
      phrases`
        {want} sapere, {want} chiedere, {want} capire, {want} informarmi, {want} informazioni,
        {tellme}
      `,
    ],
    [
      'question',
      phrases`
        qual è l'indirizzo, qual è il vostro indirizzo, qual è il numero, le camere hanno,
        le camere sono, la camera ha, la stanza ha, le stanze hanno, in camera c'è,
        {have} _ in camera, {have} _ nelle camere, {have} _ nella stanza, {have} _ in stanza,
        devo lasciare, devo pagare, devo dare, devo prenotare, si deve, si paga, bisogna, gratis,
        gratuit*, penale, cancellazione gratuita, posso cancellare senza, {have} posti auto,
        {have} un posto dove, c'è un posto dove, posto auto, posti auto, posto macchina
      `,
    ],
    [
      'request_info',
      phrases`
        rimandare la fattura, conoscere, mi potrebbe mandare, sapere di più, può guardare,
        informazion*, mi può dire, mi sa dire, mi potrebbe dire, mi dica, volevo sapere,
        vorrei sapere, per sapere, piacerebbe sapere, volevo chiedere, vorrei chiedere, mandare,
        inviare, mi mandi, mi invii, l'indirizzo, il numero, controllare, verificare,
        domanda sulla, domanda sul, domanda su, per la mia prenotazione, mi racconti, mi parli,
        mi spieghi, spiegare, spiegarmi, mi dia, darmi, confermare, dettagli, mi conferma,
        mi può dare, chiarimento, chiarimenti, delucidazioni, mi spiega, guardare se,
        vedere se la mia, raccontarmi, riguardo a, riguardo alla, riguardo al, mi può indicare,
        dirmi, sapere se la, ricordarmi, parlarmi, mi ricorda, mi {tell}, ci {tell}, mi può {tell},
        mi potrebbe {tell}, ci può {tell}, mi sa {tell}, mi saprebbe {tell}, può {tell},
        potrebbe {tell}, potreste {tell}, {want} _ {fact}, per avere _ {fact}, avere _ {fact},
        {want} verificare, {want} controllare, avrei una domanda, avrei una richiesta,
        ho una domanda, ho un dubbio, ho una curiosità, una domanda, qualche domanda,
        delle domande, chiamo per la, chiamo per il, chiamo per un'informazione, chiamo riguardo,
        chiamavo per la, chiamo per sapere, chiamavo per sapere, per quanto riguarda,
        a proposito di, a proposito della, a proposito del, in merito, riguardo, circa la,
        relativo, relativa, informarmi, informarci, mi informo, mi interesserebbe sapere,
        di più su, di più sul, di più sulla, si tratta della, si tratta di, è per la {matter},
        è per una {matter}, è per il {matter}
      `,
    ],
    [
      'question',
      phrases`
        quanto, a che ora, entro che ora, fino a che ora, bisogna, che succede se, cosa succede se
      `,
    ],
    [
      'booking',
      phrases`
        venire a, vorremmo venire, letto per, più venire, ci tolga, mi tolga, mi segni,
        rimandare il soggiorno, il soggiorno, per prenotare, vogliamo venire, avreste _ letto,
        prenotare, mi prenoti, prenoti, fare una prenotazione, una prenotazione, disdire,
        cancellare, annullare, la cancelli, cancelli, annulli, disdetta, spostare, modificare,
        cambiare la prenotazione, cambiare le date, rinviare, cambiare la data, una notte in più,
        notte in più, altra notte, fermarci, fermarmi, prolungare, qualcosa di libero,
        camere disponibili, camera disponibile, camere libere, camera libera, disponibilità per,
        disponibil*, una stanza per, una camera per, una doppia per, una singola per,
        vorrei _ camera, volevo _ camera, volevo _ doppia, volevo _ singola, vorrei _ doppia,
        vorrei _ singola, vorrei _ stanza, serve _ camera, servirebbe _ camera, bisogno _ camera,
        cerco _ camera, bisogno _ stanza, prendo _ camera, prendo _ suite, la prendo,
        avete _ camera, avete _ camere, avete posto, matrimoniale per, vorrei _ matrimoniale,
        vorrei _ suite, arrivare un giorno prima, posticipare, anticipare, cerchiamo _ camera,
        pernottare, vorremmo _ camera, {want} _ {room}, {want} _ {change}, {want} _ prenotare,
        {want} venire, {want} _ soggiornare, {want} _ dormire, {want} _ restare, {want} _ rimanere,
        {want} _ fermar*, {want} _ alloggiare, {want} _ pernottare, {have} {some}? {room},
        {have} qualcosa, {have} posto, {have} ancora posto, {have} {some}? {room} _ {free},
        {have} _ {room} _ {free}, {have} _ {room} per, {room} _ {free}, {room} per, {room} da,
        {room} dal, {room} con, {room} {date}, {change} _ la {stay}, {change} _ {stay}, prenoto,
        prenotiamo, prenotarmi, prenotarci, prenotarla, prenotarne, disdica, disdico, disdiciamo,
        sposti, spostarla, spostarlo, spostarci, cancellarla, annullarla, modifichi, cambi, segni,
        ci segni, mi metta in lista, tenga, tenetemi, riservare, mi riservi, bloccare,
        notti in più, giorno in più, giorni in più, persone in più, letto aggiuntivo, letto in più,
        culla, camera più grande, altra camera, cambiare camera, cambiare stanza, arrivare prima,
        arrivare un giorno, arrivare dopo, arrivare più tardi, partire prima, partire un giorno,
        siete al completo, al completo, tutto pieno, tutto esaurito, la prendiamo, prendo quella,
        prendo la, prendiamo la, mi prendo, non posso venire, non possiamo venire,
        non riusciamo a venire, non riesco a venire, non vengo più, non veniamo più,
        non potrò venire, non potremo venire, non verrò, non verremo, non mi serve più,
        non ci serve più, rinunciare, alloggiare, soggiornare, pernottamento, dormire,
        passare la prenotazione
      `,
    ],
    [
      'unknown',
      phrases`
        non ne ho idea, non ho idea, non lo so, come le dicevo, come dicevo, come ho detto,
        quello che, cosa vuole, non funziona, è rotto, è rotta, guast*, vergogna, aspetto da,
        sto aspettando, qualunque, qualsiasi, che sia, dice che, ha detto che, credo che,
        penso che, visto che, dato che, comunque sia, quando ero, quando sono stato
      `,
    ],
    [
      'question',
      phrases`
        è riscaldata, si possono, è tranquillo, sono i benvenuti, è rumoroso, non è che avete,
        è coperta, sono ammesse, che, cosa, quando, come, dove, dov'è, chi, perché, quale, quali,
        quanti, quante, c'è, ci sono, avete, si può, posso, possiamo, è compresa, è compreso,
        sono ammessi, è inclusa, è incluso, ha il, ha la, accettate, è gratuito, è gratis,
        è lontano, è vicino, fate, servite, è aperto, è aperta, sono accettati, offrite, potrei,
        potremmo, si paga, è possibile, siete, costa, si può avere, è a pagamento, devo pagare,
        ha un, a che, in che, di che, da che, per che, fino a quando, da quando, entro quando,
        quant'è, viene a, quanto viene, dove si, com'è, com'è il, qual è, qual, si potrebbe,
        si arriva, si riesce, si deve, si fuma, si mangia, è permesso, è permess*, è ammess*,
        sono ammess*, è consentit*, è inclus*, sono inclus*, è compres*, sono compres*, inclus*,
        compres*, è previst*, è apert*, è chius*, è gratuit*, è riscaldat*, è climatizzat*,
        è lontan*, è vicin*, è obbligatori*, è necessari*, ci vuole, ci vogliono, serve la,
        serve il, serve un, possono, devo, dobbiamo, dovrei, ammettete, prendete, fornite,
        organizzate, noleggiate, affittate, vendete, disponete, permettete, avreste, aprite,
        chiudete, apre, chiude, chiudono, aprono, ci sarebbe, hanno, costano, parte da, passa,
        vicino a, lontano da
      `,
    ],
  ],
}

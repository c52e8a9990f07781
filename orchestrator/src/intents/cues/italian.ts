import type { LanguageCues } from '../intent.ts'
import { phrases } from '../phrases.ts'

export const italian: LanguageCues = {
  language: 'it',
  apostrophe: 'space',
  fillers: phrases`
    da parte mia, credo, credo sia, ehilà, così, di cuore, ehm, eh, beh, mah, allora, dunque, ecco,
    sì, no, ok, okay, va bene, bene, perfetto, ottimo, benissimo, d'accordo, e, ma, quindi, signora,
    signore, anche a lei, altrettanto, davvero, molto, gentile, gentilissima, gentilissimo,
    molto gentile, per ora, per oggi, per favore, per cortesia, adesso, ora, senta, poi, certo,
    tutto chiaro, per il momento, dai
  `,
  thanks: phrases`
    grazie, grazie mille, mille grazie, grazie tante, la ringrazio, grazie infinite, ringrazio,
    grazie a lei, grazie di tutto, la ringrazio molto, per l'aiuto, per le informazioni,
    grazie di cuore, la ringrazio tanto, dell'aiuto, di tutto, per la disponibilità,
    della disponibilità
  `,
  closings: phrases`
    ho finito, sia tutto, va bene così, abbiamo finito, tutto qui, è tutto, questo è tutto,
    era tutto, niente altro, nient'altro, nient altro, basta così, a posto così, sono a posto,
    siamo a posto, buona giornata, buona serata, buona notte, buon lavoro, buon weekend,
    buon fine settimana, buon proseguimento, devo andare, la saluto, vi saluto, devo lasciarla,
    a risentirci, devo scappare, può riattaccare, può chiudere, può attaccare, a venerdì, a sabato,
    a domani, alla prossima, a presto, ci sentiamo, ci vediamo, a più tardi, ciao ciao, ciao grazie,
    grazie ciao, ok ciao, a lunedì, va bene ciao, non mi serve altro, non ho bisogno d'altro,
    non ho altre domande, devo riattaccare, richiamo, non mi serve nient’altro, richiamo più tardi,
    richiamerò, la richiamo, ci sentiamo presto, tutto a posto grazie, tante belle cose,
    cordiali saluti, saluti, buona domenica, buon pomeriggio anche a lei, allora ciao
  `,
  farewells: phrases`
    arrivederci, arrivederla, addio, a risentirla, ciao ciao, grazie ciao, bye, buonanotte,
    arrivederci a presto
  `,
  greetings: phrases`
    pronto, buongiorno, buon giorno, buonasera, buona sera, salve, ciao, buon pomeriggio, buondì,
    c'è qualcuno, mi sente, mi sentite, come sta, come va, con chi parlo, parlo con la reception,
    chi parla, parlo con l'albergo, parlo con l'hotel, è l'albergo, è l'hotel, piacere, come state,
    è la reception
  `,
  introductions: phrases`mi chiamo, sono, il mio nome è, qui è, parla, qui parla, chiamo da`,
  rules: [
    [
      'unknown',
      phrases`
        quando è partito, non riattacchi, non chiuda, non attacchi, un'altra cosa, un'altra domanda,
        aspetti
      `,
    ],
    [
      'request_info',
      phrases`
        rimandare la fattura, conoscere, mi potrebbe mandare, sapere di più, può guardare,
        informazion*, mi può dire, mi sa dire, mi potrebbe dire, mi dica, volevo sapere,
        vorrei sapere, per sapere, piacerebbe sapere, volevo chiedere, vorrei chiedere, mandare,
        inviare, mi mandi, mi invii, l'indirizzo, il numero, controllare, verificare, domanda sulla,
        domanda sul, domanda su, per la mia prenotazione, mi racconti, mi parli, mi spieghi,
        spiegare, spiegarmi, mi dia, darmi, confermare, dettagli, mi conferma, mi può dare,
        chiarimento, chiarimenti, delucidazioni, mi spiega, guardare se, vedere se la mia,
        raccontarmi, riguardo a, riguardo alla, riguardo al, mi può indicare, dirmi, sapere se la,
        ricordarmi, parlarmi, mi ricorda
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
        pernottare, vorremmo _ camera
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
        ha un
      `,
    ],
  ],
}

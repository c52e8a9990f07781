import type { Lexicon } from '../lexicon.ts'
import { compounds, count } from './build-numbers.ts'
import { phrases, words } from './word-lists.ts'

const units = { ...count('ein zwei drei vier fünf sechs sieben acht neun', 1), zwo: 2 }
const tens = count('zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig', 20, 10)
const teens = count(
  'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  10,
)
const belowHundred = {
  ...units,
  ...teens,
  ...tens,
  ...compounds(tens, units, (ten, unit) => `${unit}und${ten}`),
}
const wholeHundreds = Object.fromEntries(
  Object.entries({ ...units, ...teens }).map(([word, value]) => [`${word}hundert`, value * 100]),
)
const numbers = {
  ...count('null eins'),
  eine: 1,
  ...belowHundred,
  hundert: 100,
  ...wholeHundreds,
  ...compounds(
    { hundert: 100, ...wholeHundreds },
    { eins: 1, ...belowHundred },
    (ten, unit) => ten + unit,
  ),
  ...count('tausend zweitausend', 1000, 1000),
  ...compounds(
    { zweitausend: 2000, zweitausendund: 2000 },
    { eins: 1, ...belowHundred },
    (ten, unit) => ten + unit,
  ),
}

const ordinalStems = {
  ...count('erst zweit dritt viert fünft sechst siebt acht neunt', 1),
  siebent: 7,
  ...compounds({ t: 0 }, teens, (end, word) => word + end),
  ...compounds(
    { st: 0 },
    { ...tens, ...compounds(tens, units, (ten, unit) => `${unit}und${ten}`) },
    (end, word) => word + end,
  ),
}

export const german: Lexicon = {
  numbers,
  ordinals: compounds({ en: 0, er: 0, e: 0 }, ordinalStems, (end, stem) => stem + end),
  hundred: [],
  thousand: [],
  double: phrases`doppel, zweimal, zwomal, doppelte, doppelt`,
  triple: phrases`dreimal, dreifach, dreifache`,
  months: phrases`
    januar, jänner, februar, feber, märz, april, mai, juni, juno, juli, august, september, oktober,
    november, dezember, jan, feb, okt, dez
  `,
  and: [],
  dateGlue: phrases`der, den, am, dem, im, des, ist, von, in, vom, bis, auf, aus, zum`,
  pauses: phrases`äh, ähm, dann, und, schrägstrich, strich, bindestrich, leerzeichen, also, die`,
  at: phrases`at, ät, ett, klammeraffe, at zeichen`,
  dot: phrases`punkt, dot, point`,
  dash: phrases`minus, strich, bindestrich, minuszeichen`,
  underscore: phrases`unterstrich, underscore`,
  contexts: {
    card: phrases`
      karte, kartennummer, kreditkarte, kreditkartennummer, kreditkarten, visa, mastercard,
      prüfziffer, prüfnummer, sicherheitscode, ec karte, visakarte, debitkarte, girokarte,
      gültig bis
    `,
    iban: phrases`iban, kontonummer, konto, bankverbindung`,
    email: phrases`
      email, e mail, mail, mailadresse, email adresse, e mail adresse, emailadresse, adresse lautet,
      mail lautet, mail ist, email ist, adresse ist, e mail lautet, email lautet
    `,
    phone: phrases`
      telefon, telefonnummer, handy, handynummer, mobil, mobilnummer, rufnummer, anrufen,
      zurückrufen, erreichen, erreichbar, durchwahl, festnetz, nummer ist, whatsapp, rückruf, natel,
      festnetznummer, faxnummer, ruf mich, telefonisch
    `,
    passport: phrases`pass, reisepass, passnummer, reisepassnummer, pass nummer, paßnummer`,
    id: phrases`
      perso, ausweis, personalausweis, ausweisnummer, personalausweisnummer, identitätskarte,
      steuernummer, steuer id, sozialversicherungsnummer, versicherungsnummer, führerschein,
      führerscheinnummer, personalnummer, ahv nummer, id nummer, mitgliedsnummer,
      identifikationsnummer, steueridentifikationsnummer, rentenversicherungsnummer
    `,
    'birth-date': phrases`geboren, geburtsdatum, geburtstag, geb, jahrgang`,
    confirmation: phrases`
      vorgang, buchung ist, reservierung ist, buchung lautet, buchungsnummer, reservierungsnummer,
      bestätigungsnummer, buchungscode, reservierungscode, bestätigungscode, referenznummer,
      vorgangsnummer, buchungsreferenz, buchung nummer, reservierung nummer, referenz,
      reservierungsbestätigung, bestätigung lautet, code lautet, auftragsnummer, buchungs nummer,
      reservierungs nummer, bestätigungs nummer
    `,
  },
  room: phrases`zimmer, suite, zimmernummer, apartment`,
  number: phrases`nummer, nr, zimmernummer`,
  units: phrases`
    euro, euros, cent, franken, prozent, nacht, nächte, nächten, tag, tage, tagen, woche, wochen,
    personen, person, leute, gäste, gästen, erwachsene, kinder, kind, zimmer, betten, bett, uhr,
    minuten, stunden, meter, kilometer, quadratmeter, sterne, grad, jahre, mal, koffer, stock,
    etage, handtücher, plätze, autos, uhr
  `,
  nameIs: phrases`
    läuft unter, läuft auf, reserviert auf, gebucht auf, reserviert unter, gebucht unter,
    mein name ist, name ist, ich heiße, heiße, auf den namen, unter dem namen, mein nachname ist,
    mein vorname ist, nachname ist, mein name, hier spricht, name lautet, der name ist, auf namen,
    am apparat ist, namens, im namen von, vorname ist, familienname ist, nachname, vorname,
    familienname, ich heiß, der gast heißt, heißt
  `,
  mayBeName: phrases`
    hier ist, ich bin, das ist, hier, ich bins, hier ist die, hier ist der, ich bin die,
    ich bin der
  `,
  nameEnds: phrases`am apparat, am telefon, hier, von der firma, spricht`,
  nameBefore: phrases`am apparat, mein name`,
  titles: phrases`herr, herrn, frau, doktor, dr, professor, prof, familie, fräulein`,
  notBeforeTitle: phrases`
    meine, meiner, eine, die, seine, ihre, der, mein, ein, unsere, deine, den, diese, keine, guter,
    sehr, ganze, gnädige, unserer, einer
  `,
  particles: phrases`von, van, zu, vom, der, de`,
  greetings: phrases`
    hallo, guten tag, guten morgen, guten abend, grüß gott, moin, servus, grüezi, tag, morgen,
    abend
  `,
  ordinary: words`
    der die das den dem des ein eine einen einem einer eines und oder aber wenn weil dass daß ob als
    wie wo wann was wer wen wem welche welcher welches warum ich du er sie es wir ihr mich dich sich
    uns euch mir dir ihm ihn ihnen mein meine meinen meinem meiner dein sein seine ihre ihren ihrem
    ihrer unser unsere ist bin bist sind seid war waren gewesen sei wäre habe hast hat haben hatte
    hätte hätten werde wird werden wurde würde würden kann können könnte könnten muss müssen müsste
    soll sollte will wollen wollte wollten möchte möchten darf dürfen mag nicht kein keine nein ja
    doch okay gut danke bitte hallo tschüss auf wiederhören wiedersehen guten tag morgen abend nacht
    heute gestern übermorgen jetzt dann schon noch nur auch sehr mal gerade gern gerne leider
    vielleicht natürlich genau eigentlich also so da hier dort für von vom mit ohne bei nach vor
    seit bis zu zum zur in im an am aus über unter um durch gegen zimmer doppelzimmer einzelzimmer
    bett frühstück abendessen hotel reservierung buchung buchen gebucht reservieren reserviert preis
    kosten kostet zahlen bezahlen rechnung name nummer telefon handy mail adresse karte apparat
    anruf rufe anrufen ruf spreche sprechen sagen fragen frage brauche bräuchte brauchen suche komme
    kommen gehe gehen ankommen anreise abreise ändern stornieren bestätigen machen mache macht geben
    gibt nehmen nehme sehen schauen schicken wissen weiß denke glaube meine warte warten moment
    sekunde minute stunde richtig falsch problem information hilfe frei verfügbar voll neu alt spät
    früh nächste letzte erste zweite andere anderer mehr weniger viel viele wenig etwas alles nichts
    jemand niemand gast gäste leute person familie frau mann sohn tochter kind kinder freund kollege
    mutter vater herr dame rezeption chef personal firma zufrieden sicher allergisch vegetarier
    vegetarisch schwanger krank müde unterwegs verheiratet allein interessiert toll super prima
    schön schlecht teuer billig ganz ziemlich wirklich wegen ab los fertig zurück parkplatz pool
    sauna bar restaurant flughafen bahnhof taxi bus zug buchstabiere geschrieben spricht gast auto
    hund platz ein andermal froh einverstanden da richtig verbunden noch nichts man alle beide
  `,
}

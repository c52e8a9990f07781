import { phrases } from '../phrases.ts'

/** Words that stand for each other in the cues. */
export const germanWords = {
  want: phrases`
    möcht*, hätt*, hätt* gern*, brauch*, bräucht*, will, wollen, wollt*, würd*, such*, nehm*,
    benötig*, wünsch*, hätten gern, könnt* ich, kann ich, können wir, können sie uns, haben sie,
    hätten sie, habt ihr, habts ihr, krieg* ich, bekomm* ich, bekommen wir, kriegen wir,
    machen sie, geben sie, reservieren sie, muss, müssen, müsst*, dürft* ich, könnten wir,
    können sie mir, könnten sie mir, könnten sie uns, gäbe es, gäb es, gibt es, gibts, wär*,
    tät*, interessiere mich für
  `,
  room: phrases`
    zimmer, zimmers, doppelzimmer, einzelzimmer, familienzimmer, zweibettzimmer, dreibettzimmer,
    doppelbett, suite, appartement, apartment, ferienwohnung, bett, betten, doppel, einzel,
    unterkunft, schlafplatz, übernachtung, zimmerl, nächte, platz für
  `,
  bare: phrases`
    ein, eine, einen, noch ein, noch eine, noch, ein freies, freie, freies, noch freie,
    noch ein freies, das, a, zwei, drei, irgendein, irgendwelche
  `,
  free: phrases`
    frei, freies, freie, verfügbar, übrig, zu haben, zu kriegen, zu bekommen, möglich, platz,
    kapazität*, kapazitäten, vakant, buchbar
  `,
  date: phrases`
    heute, heut, heit, morgen, übermorgen, heute nacht, heute abend, montag, dienstag, mittwoch,
    donnerstag, freitag, samstag, sonntag, wochenende, nächste, nächsten, nächstes, januar,
    jänner, februar, märz, april, mai, juni, juli, august, september, oktober, november,
    dezember, ostern, weihnachten, silvester, pfingsten, nacht, nächte, tage, woche, wochen,
    *ten
  `,
  stay: phrases`
    buchung, reservierung, reservation, aufenthalt, anreise, abreise, termin, datum, zimmer,
    ankunft, urlaub, daten, übernachtung, tage, besuch
  `,
  change: phrases`
    ändern, verschieben, verlegen, umbuchen, stornieren, absagen, canceln, annullieren,
    verlängern, verkürzen, vorverlegen, wechseln, tauschen, legen, zurückziehen, rückgängig,
    auflösen, löschen, streichen, aufheben, abändern, anpassen, hinzufügen, dazubuchen,
    erweitern, ausdehnen, zusammenlegen, kürzen, verkürzen, verkürzn, ändere, storniere,
    storniern, reduzieren, aufstocken, upgraden, abbestellen
  `,
  tell: phrases`
    sagen, erzählen, schicken, senden, mailen, zuschicken, zusenden, zumailen, erklären,
    beschreiben, verraten, mitteilen, durchgeben, bestätigen, vorlesen, erläutern, nennen,
    zukommen lassen, rüberschicken, faxen, simsen, weiterleiten, zeigen, buchstabieren,
    heraussuchen, raussuchen, ausrichten, weiterhelfen, helfen mit
  `,
  tellme: phrases`
    sagen sie mir, sagen sie mal, sagens mir, sagen sie uns, schicken sie, senden sie,
    mailen sie, erklären sie, beschreiben sie, nennen sie, geben sie mir, geben sie uns,
    lassen sie mir, lassen sie uns, erzählen sie, bestätigen sie, verraten sie, schauen sie,
    schauens, gucken sie, prüfen sie, sehen sie, lesen sie, suchen sie, sag mir, schick mir,
    checken sie, informieren sie, verbinden sie
  `,
  look: phrases`
    nachschauen, nachsehen, nachgucken, nachprüfen, überprüfen, prüfen, checken, klären,
    herausfinden, rausfinden, raussuchen, schauen ob, gucken ob, sehen ob, schaun ob,
    schauen wie, schauen was, kontrollieren, abklären, abchecken, schaun, gucken, überprüfn,
    raussuchn
  `,
  learn: phrases`
    wissen, erfahren, fragen, nachfragen, erkundigen, informieren, hören, anfragen, klären,
    rausfinden, herausfinden, in erfahrung, fragn
  `,
  aim: phrases`
    wollte, wollt, wollten, würde, würd, würden, möchte, möcht, möchten, muss, müsste, müssten,
    hätte, will, ich, wir, kann ich, gern*, mal, bloß, nur, kurz
  `,
  fact: phrases`
    information*, infos, info, auskunft, auskünfte, adresse, nummer, telefonnummer, details,
    wegbeschreibung, anfahrtsbeschreibung, preisliste, prospekt, broschüre, speisekarte, kopie,
    rechnung, quittung, beleg, angebot, bestätigung, rückmeldung, mailadresse, postleitzahl,
    übersicht, passwort, rechnungskopie, durchwahl, unterlagen, kontaktdaten, faxnummer,
    hausnummer, anschrift, auflistung, preisauskunft, buchungsbestätigung, e-mail, mail
  `,
  matter: phrases`
    rechnung, buchung, reservierung, reservation, zahlung, anzahlung, aufenthalt, bestellung,
    stornierung, abbuchung, gutschein, parkplatz, wellness, tagung, hochzeit, konferenz,
    angebot, preis*, kaution, fundsachen, gepäck, veranstaltung, seminar, termin
  `,
  topic: phrases`
    frühstück, parkplatz, parken, wlan, internet, pool, sauna, wellness, spa, fitness*,
    restaurant, bar, küche, haustiere, hunde, aufzug, balkon, klimaanlage, handtücher, kurtaxe,
    shuttle, abendessen, halbpension, kinder*, garage, tiefgarage, schwimmbad, bademantel, safe,
    fernseher, minibar, zimmerservice, rezeption, check-in, check-out, strand, mehrwertsteuer,
    endreinigung
  `,
  nice: phrases`
    schön*, angenehm*, wunderschön*, erholsam*, fein*, nett*, ruhig*, lieb*, toll*
  `,
  while: phrases`
    tag, abend, nachmittag, vormittag, woche, wochenende, feierabend, zeit, resttag, sonntag,
    samstag, feiertag, feiertage, nacht, morgen, mittag, arbeitstag, dienst, schicht,
    weihnachten, ostern, rest der woche, urlaub, start in die woche
  `,
  day: phrases`
    dann, bald, morgen, später, gleich, nachher, montag, dienstag, mittwoch, donnerstag,
    freitag, samstag, sonntag, nächste woche, nächsten monat, nächstes mal, zum nächsten mal,
    zum wochenende, zum freitag, übermorgen, dahin, dannle, demnächst, heute abend, zum samstag,
    zum sonntag, zum montag, am freitag, am samstag, am sonntag, am montag, am wochenende,
    die tage, im sommer, wieder
  `,
  wars: phrases`
    das war's, das wars, das war, das war es, das wär's, das wärs, das wäre, das wäre es,
    das ist, war das, wäre das, war's das, wars das, wär's das, wäre es das, wär das, wärs das,
    dürfte es gewesen sein, is, das is, des wars, des wars scho, des is, wars des
  `,
  all: phrases`
    alles, schon alles, dann alles, auch alles, auch schon alles, eigentlich alles,
    dann schon alles, soweit alles, erstmal alles, im grunde alles, von mir, von meiner seite,
    für heute, fürs erste, erstmal, dann, schon, soweit, dann auch, auch schon, eigentlich,
    eigentlich schon, was ich wissen wollte, alles was ich wissen wollte, alles was ich brauche,
    alles was ich gebraucht habe, alles was ich fragen wollte, alles von mir, alles für heute
  `,
  no: phrases`
    keine, keine weiteren, sonst keine, keine anderen, jetzt keine, weiter keine, erstmal keine,
    aktuell keine, soweit keine
  `,
  go: phrases`
    los, auflegen, weiter, gehen, aufhören, schluss machen, zur arbeit, weg, in die arbeit,
    zum zug, auch los, jetzt los, jetzt weiter, jetzt auflegen, jetzt aufhören, jetzt gehen,
    jetzt schluss machen, dann los, dann weiter, leider los, leider auflegen, jetzt wirklich los
  `,
}

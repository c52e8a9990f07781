import type { LanguageCues } from '../intent.ts'
import { phrases } from '../phrases.ts'

export const german: LanguageCues = {
  language: 'de',
  apostrophe: 'drop',
  fillers: phrases`
    ich glaube, glaub ich, von mir, vielen, wollte ich, ich, äh, ähm, hm, also, ja, jo, jawohl,
    nein, nee, ne, nö, okay, ok, gut, super, prima, perfekt, alles klar, in ordnung, dann, na, und,
    so, jetzt, noch, mal, schon, auch, eigentlich, ihnen, für heute, ihnen auch, passt, wunderbar,
    toll, bitte, schön, sehr, da, erstmal, von meiner seite, sehr gut, einen, wirklich, gerne,
    ebenso, gleichfalls, genau, ach, denn
  `,
  thanks: phrases`
    vielen herzlichen dank, danke, danke schön, dankeschön, danke sehr, vielen dank,
    vielen lieben dank, besten dank, herzlichen dank, merci, ich danke ihnen, für ihre hilfe,
    dankschön, für die auskunft, für die hilfe, danke vielmals, merci vielmal,
    recht herzlichen dank, tausend dank, das ist nett, sehr nett, sehr freundlich, ich danke
  `,
  closings: phrases`
    das war alles, schluss, mach ich schluss, ich mach jetzt schluss, jetzt schluss,
    mehr wollte ich nicht, mehr brauch ich nicht, mehr war nicht, das war schon alles,
    dann mach ich jetzt schluss, mach ich jetzt schluss, bin fertig, ich bin fertig,
    wir sind fertig, das war's, das war es, das wars, das wäre alles, das ist alles, das war alles,
    das wär's, das wars dann, mehr brauche ich nicht, sonst nichts, nichts mehr, nein alles gut,
    nee alles gut, keine fragen mehr, weiter nichts, nichts weiter, ich habe keine fragen mehr,
    schönen tag, schönen tag noch, einen schönen tag noch, schönen abend, schönen abend noch,
    schönes wochenende, schönen feierabend, mach ma, bis dann, bis bald, bis morgen, bis später,
    bis freitag, bis samstag, bis nächste woche, ich muss los, ich muss jetzt los,
    ich muss auflegen, ich muss jetzt auflegen, mehr nicht, ich leg jetzt auf, ich lege jetzt auf,
    ich lege auf, sie können auflegen, ich melde mich, sie können jetzt auflegen,
    ich melde mich wieder, ich melde mich nochmal, ein schönes wochenende, sie dürfen auflegen,
    das reicht mir, bis die tage, ich muss weiter, ich muss jetzt weiter, ich rufe später wieder an,
    ich ruf später nochmal an, damit ist alles geklärt, das genügt, damit hat sich das erledigt,
    hat sich erledigt, dann ist alles klar, nein danke das passt, einen schönen abend noch,
    das war auch schon alles, das passt so, bis zum wochenende
  `,
  farewells: phrases`
    tschüss, tschüs, tschüssi, tschau, ciao, auf wiederhören, auf wiedersehen, ade, wiederhören,
    wiedersehen, wiederschauen, auf wiederschauen, pfiat di, pfiat eana, pfüat di, pfiat euch, baba,
    uf wiederluege, adieu, tschö, gute nacht, bye, uf widerluege, servus und danke, danke servus,
    pfiati, machs gut, machen sies gut
  `,
  greetings: phrases`
    hallo, guten tag, guten morgen, guten abend, grüß gott, moin, moin moin, servus, grüezi,
    grüezi mitenand, grüß sie, grüß dich, tag, morgen, schönen guten tag, schönen guten morgen,
    schönen guten abend, habe die ehre, ist da jemand, tach, hi, hören sie mich,
    können sie mich hören, sind sie da, ist da die rezeption, wie gehts, wie geht es ihnen,
    wer ist da, mit wem spreche ich, spreche ich mit, ist jemand da, bin ich da richtig, guten tach,
    grüß ihnen, sali, griaß di, hallöchen
  `,
  introductions: phrases`
    hier ist, mein name ist, ich bin, ich heiße, hier spricht, am apparat ist, hier
  `,
  rules: [
    [
      'unknown',
      phrases`nicht auflegen, legen sie nicht auf, was anderes, etwas anderes, noch eine frage`,
    ],
    [
      'request_info',
      phrases`
        eine frage, zusenden, rausfinden, herausfinden, rufe wegen, rufe an wegen, lesen sie mir,
        vorlesen, senden sie, nachfragen, bescheid geben, information*, auskunft, infos, info,
        erkundigen, sagen sie mir, mir _ sagen, erzählen, schicken sie mir, mir _ schicken,
        zuschicken, die adresse, nachschauen, nachsehen, schauen _ ob, nachgucken, gucken _ ob,
        prüfen, überprüfen, wissen wie, gerne wissen, gern wissen, wollte wissen, möchte wissen,
        wüsste gern*, frage zu, frage wegen, fragen zu, wegen meiner, wegen unserer, erklären,
        geben sie mir _ nummer, die nummer, nummer von, telefonnummer, wollte fragen,
        wollte mal fragen, anfahrt, nachfragen, mitteilen, bestätigen, bestätigung, durchgeben,
        näheres, mehr über, mir _ verraten, mailen, mir _ erklären, wissen ob meine,
        wissen ob unsere
      `,
    ],
    [
      'booking',
      phrases`
        wollen _ kommen, noch ein bett, nicht kommen, streichen sie, suche ein, tragen sie _ ein,
        möchten _ kommen, aufenthalt _ verschieben, schreiben sie _ ein, würden _ kommen,
        suche _ familienzimmer, ein bett für, doch nicht, haben sie _ frei, noch _ frei,
        noch _ zimmer, zimmer _ frei, zimmer _ zu haben, zimmer _ reservieren, zimmer _ buchen,
        reservieren, buchen, umbuchen, buchen sie, stornieren, absagen, storno,
        meine buchung _ verschieben, verschieben, umbuchung, reservierung _ ändern,
        buchung _ ändern, länger bleiben, verlängern, nacht länger, tag länger, noch eine nacht,
        eine nacht mehr, möcht* _ zimmer, hätt* _ zimmer, hätt* _ doppelzimmer,
        hätt* _ einzelzimmer, möcht* _ doppelzimmer, möcht* _ einzelzimmer, brauch* _ zimmer,
        bräucht* _ zimmer, brauch* _ doppelzimmer, bräucht* _ doppelzimmer, brauch* _ einzelzimmer,
        bräucht* _ einzelzimmer, zimmer _ bekommen, suche* _ zimmer, zimmer für, doppelzimmer für,
        einzelzimmer für, etwas frei, was frei, verfügbar, reservierung machen, reservierung für,
        eine reservierung, nehme _ zimmer, nehmen _ zimmer, suite für, nehme ich, einen tag früher,
        tag früher, nehmen wir, unterkommen, suchen _ zimmer, übernachten, will* _ zimmer,
        reservierung _ verlegen, verlegen, hätt* _ suite, nehm* _ suite, kriegen _ zimmer,
        zimmer _ kriegen, annullieren
      `,
    ],
    [
      'question',
      phrases`
        sind kinder, braucht man, ist denn, sind, ist im, dürfen wir, passt das, wann, wo, wie, was,
        warum, wer, welche, welcher, welches, wieviel, womit, wie viel, ab wann, bis wann,
        haben sie, habt ihr, gibt es, gibts, kann man, kann ich, können wir, darf man, darf ich,
        dürfen, ist das, ist der, ist die, ist es, sind die, hat das, hat die, hat der, muss ich,
        muss man, könnte ich, liegt das, sind sie, sind hunde, kostet, nehmen sie, fährt, ist bei,
        bieten sie, hätten sie, könnten wir, ist denn, wäre es, woher, wohin, sind haustiere,
        ist frühstück
      `,
    ],
  ],
}

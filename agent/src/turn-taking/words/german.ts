import type { LanguageWords } from './language-words.ts'
import { listOf } from './list-of.ts'

export const german: LanguageWords = {
  backchannels: listOf(`
    mm, mmm, mhm, mm hm, hm, hmm, m, aha, ah, ach, ach so, achso, oh, ah ja, na ja, tja, ja, jaja,
    jo, jep, ok, okay, okey, gut, sehr gut, alles klar, klar, genau, richtig, stimmt, super,
    prima, toll, schon, sehr schon, in ordnung, verstehe, ich verstehe, verstanden, aha ja, so,
    kein problem, danke, naturlich, echt, wirklich, ahm, eh, perfekt, einverstanden
  `),
  stops: listOf(`
    stopp, stop, halt, nein, nee, ne, warte, warten, warten sie, moment, einen moment, moment mal,
    aufhoren, genug, ruhe, schluss, entschuldigung, verzeihung, sekunde, falsch, nicht, doch,
    aber, hallo, wie bitte, was,
    tschuss, tschuss dann, auf wiedersehen, auf wiederhoren, wiederhoren, ade
  `),
  answers: listOf(`
    ja, ja bitte, ja gerne, gerne, ja genau, genau, richtig, ja richtig, stimmt, ja stimmt, klar,
    ja klar, okay, ok, in ordnung, jawohl, ja danke, ja das stimmt, das stimmt, naturlich, sicher,
    bitte, nein, nee, nein danke, lieber nicht, eigentlich nicht, nein das war alles,
    nein das ist alles, doch
  `),
  fillers: listOf(`
    ah, ahm, ehm, eh, hm, hmm, also, na ja, moment, ja also, sagen wir, ich meine, mal sehen
  `),
  openEndings: listOf(`
    lieber, eher, sagen, brauchen, mitteilen, hatte lieber, suche, suchen, bevorzuge, glaube,
    denke, ich glaube, hatte, hatten, gern, gerne, meinen, unserem, unseren, ganz, zirka, genauer,
    so, also, nehme, schicken, wollen, mussen, sollte, erst, der, die, das, den, dem, des, ein,
    eine, einen, einem, einer, eines, mein, meine, meinem, unser, unsere, ihr, ihre, ihren, kein,
    keine, keinen, dieser, diese, dieses, diesen, und, oder, aber, weil, dass, wenn, ob, denn,
    sondern, obwohl, damit, bevor, wahrend, als, wie, sowie, fur, mit, von, vom, zu, zum, zur, in,
    im, am, auf, bei, beim, bis, aus, nach, uber, ohne, um, ab, seit, zwischen, gegen, durch, an,
    vor, unter, neben, wegen, ich, wir, sie, er, es, ist, sind, war, bin, habe, haben, hat, werde,
    wurde, wurden, mochte, mochten, will, wollte, kann, konnte, konnten, muss, soll, brauche,
    heisse, name ist, nummer ist, hatte gern, hatte gerne, wurde gern, wurde gerne, noch, auch,
    vielleicht, etwa, ungefahr, nur, sehr, gibt es, haben sie, konnen sie, was, wo, wann, welche,
    welches, nachsten, nachste, zwar
  `),
  brackets: [
    {
      ends: ['an'],
      after: listOf(
        'rufe, rufen, komme, kommen, kommt, reise, reisen, biete, bieten, schaue, schauen, sehe, melde, melden, fangt',
      ),
      apart: 0,
    },
    {
      ends: ['ab'],
      after: listOf(
        'rufe, rufen, reise, reisen, fahre, fahren, fahrt, hole, holen, holt, sage, sagen, fliege, fliegen, lehne',
      ),
      apart: 0,
    },
    {
      ends: ['auf'],
      after: listOf(
        'hort, steht, stehe, stehen, macht, mache, machen, passt, wache, nehmt, nehmen',
      ),
      apart: 0,
    },
    {
      ends: ['aus'],
      after: listOf('checke, checken, sehe, sehen, sieht, reicht, fallt, gebe, ziehe, ziehen'),
      apart: 0,
    },
    {
      ends: ['ein'],
      after: listOf('checke, checken, ziehe, ziehen, lade, laden, trage, tragen, fallt'),
      apart: 0,
    },
    {
      ends: ['mit'],
      after: listOf('bringe, bringen, bringt, nehme, nehmen, teile, teilen'),
      apart: 0,
    },
    { ends: ['vor'], after: listOf('schlage, schlagen, stelle, stellen'), apart: 0 },
    {
      ends: ['zu'],
      after: listOf('sage, sagen, stimme, schicke, schicken, sende, senden, macht, machen'),
      apart: 0,
    },
    {
      ends: ['um'],
      after: listOf('buche, buchen, steige, steigen, ziehe, ziehen'),
      apart: 0,
    },
  ],
  subordinators: listOf(`
    weil, da, wenn, obwohl, damit, bevor, wahrend, dass, ob, falls, deshalb, sobald, deswegen
  `),
  wholeQuestions: listOf(`
    was, wo, wann, bis wann, ab wann, seit wann, wie viel, wie viele, wie lange, was ist das,
    was war das, was kostet das, was kostet es, was kosten die, wie viel ist das,
    wie viel kostet das, wie viel macht das, was macht das, wo ist das, wo liegt das,
    wo finde ich das, wann ist das, wie geht das, wie ist das, wer ist das, wo sind sie,
    wo sind wir, wer sind sie, wie heissen sie, wie heisst das, wie meinen sie das,
    ist das so, geht das, wann ist check in, wann ist der check in, ab wann ist check in,
    wer ist da, wann ist das check in, ab wann ist der check in, um wie viel uhr ist check in, um wie viel uhr ist der check in
  `),
  questions: listOf(`
    was, wie, wann, wo, welche, welcher, wer, warum, ist, sind, haben sie, gibt es, kann ich,
    konnen wir, darf ich, habe ich, geht, hat
  `),
  greetings: listOf('hallo, guten tag, guten morgen, guten abend, gruss gott, moin, servus'),
  introductions: listOf('mein name ist, ich heisse, ich bin, hier ist, hier spricht, hier'),
  closings: listOf(`
    bitte, danke, vielen dank, danke schon, das war alles, das ist alles, das war s, tschuss,
    auf wiederhoren, auf wiedersehen, geht das, moglich, heute, morgen, buchen, reservieren,
    klingt gut, klingt prima, hort sich gut an, passt, passt mir, passt gut, passt so, das reicht,
    das nehme ich, in ordnung, einverstanden, das war es
  `),
  digits: {
    null: 0,
    eins: 1,
    ein: 1,
    zwei: 2,
    zwo: 2,
    drei: 3,
    vier: 4,
    funf: 5,
    sechs: 6,
    sieben: 7,
    acht: 8,
    neun: 9,
  },
  numbers: listOf(`
    zehn, elf, zwolf, dreizehn, vierzehn, funfzehn, sechzehn, siebzehn, achtzehn, neunzehn,
    zwanzig, dreissig, vierzig, funfzig, sechzig, siebzig, achtzig, neunzig, hundert, tausend
  `),
  doubles: { doppel: 2, zweimal: 2, dreimal: 3 },
  spellingWords: listOf(`
    punkt, at, strich, bindestrich, unterstrich, wie, doppel, gross, klein, klammeraffe, mit
  `),
  months: listOf(`
    januar, janner, februar, marz, april, mai, juni, juli, august, september, oktober, november,
    dezember
  `),
  days: listOf(`
    heute, morgen, ubermorgen, montag, dienstag, mittwoch, donnerstag, freitag, samstag,
    sonnabend, sonntag, wochenende
  `),
}

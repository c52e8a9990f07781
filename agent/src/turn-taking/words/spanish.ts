import type { LanguageWords } from './language-words.ts'
import { listOf } from './list-of.ts'

export const spanish: LanguageWords = {
  backchannels: listOf(`
    mm, mmm, mhm, hm, hmm, m, mm hm, aja, ah, ah si, ah ya, ah bueno, oh, eh, em, ya, ya ya,
    ya veo, si, si si, si claro, claro, claro que si, ok, okay, okey, bien, muy bien, bueno, vale,
    vale vale, de acuerdo, perfecto, entiendo, entendido, comprendo, exacto, exactamente,
    correcto, genial, estupendo, gracias, por supuesto, sin problema, no hay problema, de verdad,
    asi es, eso
  `),
  stops: listOf(`
    alto, para, pare, no, espera, espere, basta, un momento, momento, un segundo, un minuto,
    detente, detengase, stop, perdon, perdone, disculpe, disculpa, silencio, callate, oiga, oye,
    escuche, pero, como, que, hola, calla, suficiente, mal, nunca,
    adios, hasta luego, hasta pronto
  `),
  answers: listOf(`
    si, si por favor, si gracias, si claro, claro, claro que si, correcto, si correcto, exacto,
    asi es, si asi es, vale, de acuerdo, por supuesto, perfecto, ok, esta bien, si esta bien,
    si perfecto, desde luego, no, no gracias, no nada mas, no eso es todo, no es correcto,
    la verdad es que no
  `),
  fillers: listOf(`
    eh, em, este, hm, hmm, pues, bueno, a ver, o sea, digamos, entonces, mmm, vamos a ver
  `),
  openEndings: listOf(`
    decir, preferiria, prefiero, preferimos, creo, pienso, gustaria, les gustaria, nos gustaria,
    llevar, mandar, mande, cambiar, tener, saber, darme, quedarme, venir, vamos a, voy a,
    tengo que, tenemos que, podriamos, asi que, deseo, depende, el, la, los, las, un, una, unos,
    unas, mi, mis, su, sus, nuestro, nuestra, este, esta, ese, esa, al, del, lo, cada, algun,
    alguna, y, e, o, u, pero, porque, si, cuando, que, como, aunque, pues, donde, mientras, ni,
    sino, quien, cual, a, de, con, sin, para, por, en, desde, hasta, entre, sobre, hacia, segun,
    durante, antes de, despues de, cerca de, bajo, contra, yo, nosotros, ellos, es, son, soy,
    somos, era, estoy, estamos, quiero, quisiera, querria, quiere, queremos, necesito,
    necesitamos, puedo, puede, podria, debo, tengo, tenemos, he, hemos, me gustaria, me llamo,
    nombre es, numero es, hay, tambien, quizas, tal vez, muy, mas, me, nos, se, busco, buscando,
    reservar, proximo, proxima, seria
  `),
  brackets: [],
  subordinators: listOf(`
    porque, si, cuando, aunque, mientras, para que, asi que, ya que, como, por eso
  `),
  wholeQuestions: listOf(`
    que, donde, donde esta, cuando, cuanto, por que, como, hasta cuando, desde cuando, que es, cuanto es,
    donde es, cuando es, quien es, como es, donde estan, que hay, que mas hay, a que hora es,
    a que hora es el check in, cuando es el check in
  `),
  questions: listOf(`
    que, a que, cual, cuanto, cuantos, cuando, como, donde, quien, por que, tienen, tiene, hay,
    puedo, podemos, podria, puede, esta, estan, es
  `),
  greetings: listOf('hola, buenos dias, buenas tardes, buenas noches, buenas, diga'),
  introductions: listOf('me llamo, mi nombre es, soy, habla, le habla'),
  closings: listOf(`
    por favor, gracias, muchas gracias, eso es todo, nada mas, adios, hasta luego, es posible,
    manana, hoy, esta noche, vale, me parece bien, nos parece bien, me parece perfecto,
    suena bien, esta bien, de acuerdo, me viene bien, nos viene bien, me la quedo, perfecto
  `),
  digits: {
    cero: 0,
    uno: 1,
    una: 1,
    un: 1,
    dos: 2,
    tres: 3,
    cuatro: 4,
    cinco: 5,
    seis: 6,
    siete: 7,
    ocho: 8,
    nueve: 9,
  },
  numbers: listOf(`
    diez, once, doce, trece, catorce, quince, dieciseis, diecisiete, dieciocho, diecinueve,
    veinte, veintiuno, veintidos, veintitres, veinticuatro, veinticinco, veintiseis, veintisiete,
    veintiocho, veintinueve, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta, noventa,
    cien, ciento, doscientos, trescientos, cuatrocientos, quinientos, seiscientos, setecientos,
    ochocientos, novecientos, mil
  `),
  doubles: { doble: 2, triple: 3 },
  spellingWords: listOf('punto, arroba, guion, bajo, como, doble, mayuscula, minuscula, acento'),
  months: listOf(`
    enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, setiembre, octubre,
    noviembre, diciembre
  `),
  days: listOf(`
    hoy, manana, pasado manana, lunes, martes, miercoles, jueves, viernes, sabado, domingo,
    esta noche, fin de semana
  `),
}

import type { LanguageCues } from '../intent.ts'
import { phrases } from '../phrases.ts'

export const spanish: LanguageCues = {
  language: 'es',
  apostrophe: 'drop',
  fillers: phrases`
    por mi parte, creo que, venga, no creo que, un millón de, genial, al final, con eso, está todo,
    todo, eh, em, este, pues, bueno, vale, sí, no, ok, okay, claro, perfecto, muy bien, bien,
    de acuerdo, genial, estupendo, listo, entonces, y, ya, ah, señorita, señor, señora, muy amable,
    igualmente, usted también, por favor, así, excelente, fenomenal, buenísimo, ahora, por ahora,
    por hoy, creo que, todo bien, de momento
  `,
  thanks: phrases`
    gracias, muchas gracias, mil gracias, muchísimas gracias, se lo agradezco, le agradezco,
    gracias por todo, gracias por su ayuda, por su ayuda, por la información, por todo,
    te lo agradezco, muy agradecido, muy agradecida, por su tiempo, por atenderme,
    pues nada gracias
  `,
  closings: phrases`
    está todo, ya terminé, ya he terminado, con eso está todo, así está bien,
    eso es todo por mi parte, ya acabé, sería todo, eso es todo, eso sería todo, es todo, era eso,
    nada más, eso era todo, ya está, que tenga un buen día, que tenga buen día,
    que tenga buena tarde, que tenga buenas noches, buen día, que le vaya bien,
    que le vaya muy bien, que pase buen día, que pase un buen día, buen fin de semana,
    tengo que colgar, tengo que irme, me tengo que ir, ya me voy, debo irme, ya puede colgar,
    puede colgar, le dejo, la dejo, lo dejo, hasta el viernes, hasta el sábado, que esté bien,
    no necesito nada más, no quiero nada más, hasta el lunes, nos hablamos, estamos en contacto,
    nos vemos, con eso es suficiente, con eso basta, no tengo más preguntas, sin más,
    nos vemos el viernes, voy a colgar, vuelvo a llamar, llamo más tarde, ya le llamaré,
    le llamo luego, nada gracias, un saludo, feliz día, feliz tarde, feliz noche, que descanse,
    pase buen día, buena tarde, nada mas por ahora
  `,
  farewells: phrases`
    adiós, hasta luego, hasta pronto, hasta mañana, chao, chau, bye, hasta la vista, agur,
    hasta otra, nos vemos, venga hasta luego, cuídese, adéu, adiosito
  `,
  greetings: phrases`
    hola, buenos días, buenas tardes, buenas noches, buenas, muy buenas, aló, bueno, diga, dígame,
    oiga, me oye, me escucha, hay alguien, hay alguien ahí, qué tal, quién habla, cómo está,
    cómo están, cómo le va, con quién hablo, es el hotel, hablo con la recepción, muy buenos días,
    es la recepción, hablo con el hotel, saludos, muy buenas tardes, encantado, encantada, está ahí
  `,
  introductions: phrases`
    me llamo, soy, mi nombre es, habla, le habla, de parte de, aquí, le saluda
  `,
  rules: [
    ['unknown', phrases`no cuelgue, no me cuelgue, otra cosa, otra pregunta, espere`],
    [
      'request_info',
      phrases`
        reenviar, saber más, dígame cómo, informarme, puede mirar, me encantaría saber, dígame cuál,
        información, informar, informes, me puede decir, me podría decir, decirme, dígame si,
        quería saber, quisiera saber, quiero saber, me gustaría saber, saber si, mandar, enviar,
        mándeme, envíeme, número de, el número, la dirección, dirección del, comprobar, verificar,
        duda sobre, duda con, pregunta sobre, por mi reserva, por mi reservación, cuénteme,
        explicar, explíqueme, confirmar, revisar, consultar, preguntar, averiguar, detalles, darme,
        me da _ número, me da _ dirección, conocer, mirar si, ver si mi, buscar mi, me puede dar,
        me pasa, pasarme, me indica, indicarme, hablarme, referente a, respecto a, chequear
      `,
    ],
    ['question', phrases`cuánto, a qué hora, hasta qué hora, qué pasa si, hay que`],
    [
      'booking',
      phrases`
        queremos ir, queremos venir, cama para, no podemos ir, bórrenos, apúnteme, retrasar,
        mi estancia, para reservar, no podremos, bórreme, adelantar, reservar, resérveme, reserve,
        hacer una reserva, hacer una reservación, una reserva, anular, una reservación, cancelar,
        cancele, anule, anúlela, cancélela, cambiar mi reserva, cambiar la reserva,
        cambiar mi reservación, cambiar la fecha, cambiar las fechas, mover mi reserva, aplazar,
        modificar, una noche más, quedarnos, quedarme, ampliar, extender, alargar, queda algo libre,
        algo libre, algo disponible, disponible*, disponibilidad, habitación libre,
        habitaciones libres, quedan habitaciones, queda alguna, quería _ habitación,
        quiero _ habitación, quisiera _ habitación, necesito _ habitación, necesito _ cuarto,
        quiero _ cuarto, quisiera _ cuarto, habitación para, cuarto para, una doble para,
        una individual para, quería _ doble, quería _ individual, quiero _ doble, me quedo con,
        busco _ habitación, tienen _ habitación, tienen habitaciones, tienen cuartos, hospedarme,
        hospedarnos, alojarnos, alojarme, quiero _ suite, quisiera _ suite, me pone,
        llegar un día antes, posponer, agendar, apartar, habrá lugar
      `,
    ],
    [
      'question',
      phrases`
        está caliente, se pueden, es tranquilo, son bienvenidos, tendrán, tendrían, es seguro,
        es muy ruidoso, está climatizada, qué, cuál, cuáles, cuándo, cómo, dónde, quién, por qué,
        cuántos, cuántas, tienen, tiene, hay, se puede, puedo, podemos, se admiten, aceptan,
        está incluido, está incluida, están, es gratis, está cerca, está lejos, cuesta, ofrecen,
        sirven, se permiten, incluye, se permite, abre, cierra, está abierto, está abierta, podría,
        podríamos, admiten
      `,
    ],
  ],
}

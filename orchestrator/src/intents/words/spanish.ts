import { phrases } from '../phrases.ts'

/** Words that stand for each other in the cues. */
export const spanishWords = {
  want: phrases`
    quiero, queremos, quería, queríamos, quisiera, quisiéramos, necesito, necesitamos,
    necesitaría, busco, buscamos, estoy buscando, ando buscando, estamos buscando, me gustaría,
    nos gustaría, desearía, deseo, ocupo, ocupamos, me quedo, me llevo, nos quedamos, póngame,
    deme, denos, dame, pónganos, resérveme, apárteme, sepáreme, me da, me pone, me reserva,
    nos reserva, me aparta, me puede dar, puede darme, me podría dar, podría tener, puedo tener,
    me interesa, tengo que, tenemos que, debo, vengo a, prefiero, voy a, vamos a, podemos,
    puedo, podría, podríamos, me hace falta, me urge, sería
  `,
  have: phrases`
    tienen, tiene, tendrían, tendría, tendrán, tendrá, hay, habrá, habría, queda, quedan,
    le queda, les queda, les quedan, os queda, no tendrá, no tendrán, cuentan con, disponen de,
    tenéis, tienes, hubiera
  `,
  some: phrases`
    una, un, alguna, algún, unas, unos, otra, otro, más, dos, tres, todavía, aún, todavía una,
    la, algunas
  `,
  room: phrases`
    habitación, habitaciones, cuarto, cuartos, doble, dobles, individual, individuales,
    matrimonial, familiar, sencilla, triple, suite, cama, camas, alojamiento, hospedaje,
    recámara, pieza, apartamento, plaza, plazas, sitio, lugar, cupo, espacio, noches
  `,
  free: phrases`
    libre, libres, disponible, disponibles, disponibilidad, vacante, vacantes, desocupad*
  `,
  date: phrases`
    esta noche, hoy, mañana, lunes, martes, miércoles, jueves, viernes, sábado, domingo,
    fin de semana, noche, noches, enero, febrero, marzo, abril, mayo, junio, julio, agosto,
    septiembre, octubre, noviembre, diciembre, semana, puente, navidad, semana santa, día
  `,
  change: phrases`
    cancelar, anular, cambiar, mover, retrasar, adelantar, aplazar, posponer, modificar,
    ampliar, extender, alargar, prolongar, acortar, pasar, añadir, agregar, quitar, atrasar,
    correr, recorrer, sumar, reprogramar, suspender, traspasar, dar de baja, eliminar
  `,
  stay: phrases`
    reserva, reservación, reservas, estancia, estadía, llegada, entrada, salida, fecha, fechas,
    habitación, noche, noches, persona, cama, viaje, visita, estadia, huésped
  `,
  tell: phrases`
    decir, enviar, mandar, explicar, informar, dar, confirmar, indicar, contar, pasar,
    facilitar, proporcionar, comentar, aclarar, recordar, leer, describir, ayudar con, reenviar,
    detallar, avisar, hablar de, hablar sobre, orientar, deletrear, decirme, enviarme, mandarme,
    explicarme, informarme, confirmarme, contarme, facilitarme, proporcionarme, aclararme,
    recordarme, darnos, enviarnos, decirnos
  `,
  tellme: phrases`
    dígame, díganos, dime, mándeme, mándenos, envíeme, envíenos, explíqueme, cuénteme,
    cuéntenos, infórmeme, indíqueme, confírmeme, deme el, deme la, deme los, deme más, páseme,
    facilíteme, recuérdeme, acláreme, compruebe, verifique, revise, consulte, chequee, mire si,
    fíjese si, me dice, me explica, me informa, me cuenta, me indica, me confirma, me manda,
    me envía, me pasa, me facilita, me recuerda, me aclara, me verifica, me checa, me revisa,
    nos puede
  `,
  look: phrases`
    mirar si, ver si mi, ver si ya, ver si ha, ver si está, comprobar, verificar, revisar,
    chequear, checar, confirmar, averiguar, consultar, fijarse si, corroborar, buscar mi
  `,
  fact: phrases`
    información, info, informes, datos, detalles, dirección, teléfono, número, correo, email,
    folleto, menú, copia, factura, recibo, presupuesto, tarifas, precios, lista de, comprobante,
    ubicación, cotización, explicación, código postal, horarios
  `,
  matter: phrases`
    factura, reserva, reservación, pago, cuenta, cobro, cargo, estancia, estadía, depósito,
    reembolso, boda, evento, oferta, promoción, estacionamiento, política, cancelación
  `,
  nice: phrases`
    buen, buena, buenas, feliz, excelente, lindo, linda, bonito, bonita, muy buen, muy buena,
    un buen, una buena, un excelente, una excelente, un lindo, una linda, un bonito, muy feliz,
    una feliz, un feliz, muy buenas
  `,
  while: phrases`
    día, tarde, tardes, noche, noches, fin de semana, semana, jornada, finde, domingo, viaje,
    resto del día, vacaciones, descanso, fin de año, días
  `,
  day: phrases`
    lunes, martes, miércoles, jueves, viernes, sábado, domingo, el lunes, el martes,
    el miércoles, el jueves, el viernes, el sábado, el domingo, luego, pronto, mañana, entonces,
    ahora, ahorita, más tarde, la próxima, otra, otro día, otro momento, la próxima semana,
    la semana que viene, la semana próxima, el fin de semana, allí, ahí, siempre, más ver,
    nunca, la noche, lueguito, prontito
  `,
  all: phrases`
    todo, todo por hoy, todo por ahora, todo de mi parte, todo por mi parte, todo lo que quería,
    todo lo que quería saber, todo lo que necesitaba, todo lo que necesitaba saber,
    todo lo que quería preguntar, lo que quería saber, lo que necesitaba, suficiente,
    todo gracias, todo de momento, todo entonces, todo pues, todo por el momento,
    lo único que quería, nada más
  `,
}

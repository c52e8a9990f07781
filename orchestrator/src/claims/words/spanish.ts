import { phrases } from '../../intents/phrases.ts'
import type { ClaimWords } from './claim-words.ts'

export const spanish: ClaimWords = {
  words: {
    have: phrases`he, hemos, ya he, ya hemos`,
    justNow: phrases`acabo de, acabamos de`,
    is: phrases`está, ha sido, queda, ha quedado, quedó, fue, ya está, están, han sido, quedan`,
    now: phrases`
      ya, ahora, correctamente, también, debidamente, por tanto, oficialmente, totalmente, bien
    `,
    reserved: phrases`reservado, reservada, reservados, reservadas, apartado, apartada`,
    confirmed: phrases`confirmado, confirmada, confirmados, confirmadas`,
    made: phrases`
      hecho, hecha, realizado, realizada, efectuado, efectuada, confirmado, confirmada, completado,
      completada, registrado, registrada, finalizado, finalizada, lista, tramitado, tramitada,
      formalizado, formalizada, creado, creada, cerrado, cerrada
    `,
    makes: phrases`
      hacer, realizar, efectuar, confirmar, completar, registrar, hacerle, confirmarle
    `,
    your: phrases`su, la, esta, una, el, un, tu, le, sus, las, los`,
    booking: phrases`reserva, reservas, reservación, reservaciones`,
    room: phrases`habitación, habitaciones, suite, estancia, mesa, estadía, apartamento`,
    forYou: phrases`para usted, a su nombre, para ustedes, a nombre de`,
    transferred: phrases`
      transferido, transferida, comunicado, comunicada, conectado, conectada, puesto en contacto,
      puesto en comunicación, derivado, derivada
    `,
    cancelled: phrases`cancelado, cancelada, anulado, anulada, canceladas, anuladas`,
    changed: phrases`
      cambiado, cambiada, modificado, modificada, actualizado, actualizada, movido, movida,
      ampliado, ampliada, extendido, extendida, prolongado, prolongada, corregido, corregida
    `,
    message: phrases`mensaje, mensajes, petición, solicitud, recado, nota, queja, aviso, pedido`,
    passed: phrases`
      pasado, pasada, transmitido, transmitida, dejado, dejada, enviado, enviada, entregado,
      entregada, remitido
    `,
    told: phrases`avisado, informado, notificado, contactado, llamado`,
    staff: phrases`
      a recepción, a la recepción, al equipo, a mi compañero, a mi compañera, a mis compañeros,
      al personal, al restaurante, a la cocina, a limpieza, a mantenimiento, al gerente,
      a la dirección, al encargado, a la gobernanta, al conserje, con recepción, con el equipo
    `,
    mail: phrases`confirmación, correo, correo electrónico, email, e mail, sms, factura, enlace`,
    paid: phrases`cobrado, cobrada, cargado, cargada, reembolsado, reembolsada`,
    payment: phrases`pago, depósito, reembolso, importe, tarjeta, anticipo`,
    settled: phrases`procesado, realizado, recibido, completado, efectuado, aceptado, registrado`,
  },
  claims: {
    'booking-made': phrases`
      {have} {reserved}, {justNow} reservar, {justNow} reservarle, {have} {made} {your} {booking},
      {justNow} {makes} {your} {booking}, hice {your} {booking}, hicimos {your} {booking}
    `,
    'booking-stands': phrases`
      su _ {room} _ _ {is} {now}? {reserved}, su _ {room} _ _ {is} {now}? {confirmed},
      su _ {room} _ ya {is} {reserved}, su _ {room} _ ya {is} {confirmed},
      su _ {booking} __ {is} {now}? {made}, su _ {booking} _ ya {is} {made},
      la {booking} {is} {now}? {made}, la {booking} ya {is} {made},
      la _ {room} _ {is} {now}? {reserved} {forYou}, la _ {room} _ ha sido {reserved},
      la _ {room} _ ha quedado {reserved}, la _ {room} queda {reserved}, le queda {reserved},
      queda {now}? {reserved} {your} _ {room}, queda {now}? {confirmed} {your} {booking},
      queda {now}? {made} {your} {booking}, se ha {now}? {reserved} {your} _ {room},
      se ha {now}? {made} {your} {booking}, ya está {reserved}$, está {reserved} {forYou},
      está todo {reserved} {forYou}, ya tiene {reserved}, ya tiene {your} _ {room} {reserved},
      ya tiene {your} {booking} {confirmed}, tiene una {booking} {confirmed}
    `,
    transfer: phrases`
      le he {transferred}, la he {transferred}, lo he {transferred}, le he pasado con,
      le he pasado a, le he pasado la llamada, {have} transferido su llamada,
      {have} pasado su llamada, su llamada ha sido {transferred}
    `,
    cancellation: phrases`
      {have} {cancelled}, {justNow} cancelar, {justNow} anular,
      {your} _ {booking} _ {is} {now}? {cancelled}, {your} _ {booking} ya {is} {cancelled},
      su _ {room} _ _ {is} {now}? {cancelled}, se ha {now}? {cancelled} {your} {booking},
      queda {cancelled} {your} {booking}
    `,
    change: phrases`
      {have} {changed} {your} {booking}, {have} {changed} su estancia,
      {justNow} cambiar {your} {booking}, {justNow} modificar {your} {booking},
      {have} añadido __ a su {booking}, {your} {booking} {is} {now}? {changed},
      {your} {booking} ya {is} {changed}, su estancia {is} {now}? {changed},
      se ha {now}? {changed} {your} {booking}
    `,
    message: phrases`
      {have} {passed} {your} _ {message}, {have} {told} {staff}, le he enviado, les he enviado,
      le acabo de enviar, acabo de enviarle, {have} enviado {your} _ {mail}, lo he transmitido,
      se lo he pasado, se lo he transmitido, su {message} ha sido {passed},
      {have} hablado con {staff}
    `,
    payment: phrases`
      {have} {paid}, se ha {now}? {paid}, se le ha {now}? {paid}, su {payment} ha sido {paid},
      su {payment} ha sido {settled}, el {payment} ha sido {paid}, el {payment} ha sido {settled},
      el {payment} se ha {settled}, su {payment} se ha {settled}, le he devuelto,
      {have} devuelto {your} {payment}
    `,
  },
  denials: phrases`
    no, nunca, nada, ningún, ninguna, ninguno, ni, jamás, nadie, para que, completo, completos,
    al completo, entonces su, por otro, por otra persona, con tarjeta, con un depósito
  `,
  conditions: phrases`
    si *, cuando, antes de, después de, hasta que, siempre que, a menos que, salvo que,
    lamentablemente, desgraciadamente, desafortunadamente, por desgracia, lo siento, lo lamento,
    mientras, en caso de
  `,
  awaited: phrases`en cuanto, tan pronto, una vez que, una vez *, apenas`,
}

import type { Lexicon } from '../lexicon.ts'
import { count } from './build-numbers.ts'
import { phrases, words } from './word-lists.ts'

export const spanish: Lexicon = {
  numbers: {
    ...count('cero uno dos tres cuatro cinco seis siete ocho nueve'),
    ...count('diez once doce trece catorce quince', 10),
    ...count('dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés', 16),
    ...count('veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve', 24),
    ...count('treinta cuarenta cincuenta sesenta setenta ochenta noventa', 30, 10),
    un: 1,
    una: 1,
    veintiún: 21,
    cien: 100,
    ...count('ciento doscientos trescientos cuatrocientos quinientos seiscientos', 100, 100),
    ...count('setecientos ochocientos novecientos', 700, 100),
    ...count('doscientas trescientas', 200, 100),
  },
  ordinals: { primero: 1, primer: 1 },
  hundred: [],
  thousand: ['mil'],
  double: phrases`doble, dos veces`,
  triple: phrases`triple, tres veces`,
  months: phrases`
    enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, setiembre, octubre,
    noviembre, diciembre
  `,
  and: ['y'],
  dateGlue: phrases`de, del, el, en, la, al, es, a, día, fue`,
  pauses: phrases`eh, este, luego, espacio, guion, guión, y, em, después, barra, pues`,
  at: phrases`arroba, at`,
  dot: phrases`punto, dot`,
  dash: phrases`guion, guión, menos, guion medio`,
  underscore: phrases`guion bajo, subrayado, underscore, barra baja`,
  contexts: {
    card: phrases`
      tarjeta, tarjeta de crédito, número de tarjeta, tarjeta de débito, visa, mastercard,
      código de seguridad, caduca, tarjetas
    `,
    iban: phrases`iban, número de cuenta, cuenta bancaria, cuenta`,
    email: phrases`
      correo, email, correo electrónico, mail, e mail, correo es, email es, correo electrónico es,
      mail es, dirección es
    `,
    phone: phrases`
      teléfono, número de teléfono, móvil, celular, llamarme, llámeme, llamar al, localizarme, fijo,
      whatsapp, mi número, llame al, contactarme, teléfonos, extensión, número de móvil,
      número de contacto, devolverme la llamada
    `,
    passport: phrases`pasaporte, número de pasaporte, pasaportes`,
    id: phrases`
      dni, nie, nif, documento, documento de identidad, carné de identidad, cédula, curp,
      seguridad social, carnet de identidad, carnet de conducir, número de identidad,
      número de identificación, cédula de identidad, documento nacional, licencia de conducir, rfc,
      número de socio, carné de conducir, permiso de conducir, d n i
    `,
    'birth-date': phrases`nací, nacido, nacida, nacimiento, fecha de nacimiento, cumpleaños, nació`,
    confirmation: phrases`
      la reserva es, mi reserva es, número de reserva, número de reservación,
      número de confirmación, código de reserva, código de confirmación, localizador, referencia,
      código de reservación, reserva número, confirmación, clave de reservación, código es, folio,
      clave de reserva, número de referencia
    `,
  },
  room: phrases`habitación, cuarto, suite`,
  number: phrases`número, núm, no, nro`,
  units: phrases`
    euro, euros, pesos, dólares, céntimos, noche, noches, día, días, semana, semanas, persona,
    personas, adultos, adulto, niño, niños, habitaciones, cama, camas, hora, horas, minutos, metros,
    kilómetros, estrellas, grados, años, veces, plazas, maletas, piso, toallas, coches
  `,
  nameIs: phrases`
    está a nombre, reservado a nombre de, me llamo, mi nombre es, nombre es, a nombre de,
    mi apellido es, apellido es, de parte de, al nombre de, bajo el nombre de, el nombre es,
    le habla, se llama, apellido, el apellido es, nombre del huésped, en nombre de, le saluda,
    apellidos
  `,
  mayBeName: phrases`soy, habla, es, aquí, con`,
  nameEnds: phrases`al habla, al teléfono, al aparato, hablando`,
  nameBefore: phrases`al habla, al aparato`,
  titles: phrases`señor, señora, señorita, don, doña, doctor, doctora, sr, sra, srta, dr, dra`,
  notBeforeTitle: phrases`un, una, mi, gracias, su, ese, esa`,
  particles: phrases`de, del, la, las, los, y, el, di, van, von`,
  greetings: phrases`
    hola, buenos días, buenas tardes, buenas noches, buenas, aló, bueno, días, tardes, noches
  `,
  ordinary: words`
    el la los las lo un una unos unas y o u pero si que qué quien quién cuál cual cuándo cuando
    dónde donde cómo como por porque cuánto cuánta cuántos yo tú él ella usted nosotros ellos ellas
    ustedes me te se nos le les mi mis tu tus su sus nuestro nuestra este esta estos estas ese esa
    eso esto aquel es soy eres somos son era fue ser sido sea sería está estoy estás estamos están
    estaba estar he ha has hemos han había haber hay habría tengo tiene tienen tenemos tener tenía
    puedo puede pueden podemos podría podrían poder quiero quiere queremos quería quisiera querría
    gustaría necesito necesita necesitamos debo debe hacer hace hago hecho voy va vamos van ir viene
    vengo venir no sí claro vale ok bueno bien muy más menos también tampoco ya ahora entonces luego
    pues así aquí ahí allí siempre nunca nada algo alguien nadie todo toda todos todas otro otra
    otros mismo a al de del en con sin para por sobre entre desde hasta hacia según gracias hola
    adiós buenos buenas días tardes noches día tarde noche mañana hoy ayer semana mes año fin
    habitación habitaciones cuarto doble individual cama camas desayuno cena comida hotel reserva
    reservar reservación reservado precio tarifa pagar pago factura cuenta nombre apellido número
    teléfono móvil celular correo dirección tarjeta llamo llamar llamada llamando habla hablar hablo
    decir diga dígame pregunta preguntar información busco llegar llego llegada salida salir cambiar
    cancelar confirmar confirma dar deme ver mirar enviar mandar saber sé creo espere espera momento
    segundo minuto hora seguro correcto verdad mal problema ayuda libre disponible completo nuevo
    viejo tarde temprano pronto próximo próxima último última primero primera huésped cliente gente
    familia mujer marido esposo esposa hijo hija niño niña amigo compañero madre padre señor señora
    señorita recepción jefe empresa alérgico alérgica vegetariano vegetariana embarazada enfermo
    enferma cansado cansada perdido solo sola casado casada interesado interesada contento encantado
    encantada perfecto genial estupendo caro barato posible imposible urgente importante listo lista
    tan tanto mucho mucha muchos poco poca parking piscina spa bar restaurante aeropuerto estación
    taxi autobús tren incluido gratis cerca lejos exacto exactamente mayor nuevo aquí ninguna ningún
    demasiado bastante consciente feliz justo
  `,
}

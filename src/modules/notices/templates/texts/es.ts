import { type LanguageTexts, lines, paragraphs } from './texts.js';

const DEVICES = '{items, plural, one {# equipo} other {# equipos}}';

/** How the family answers: online and, where somebody can be called, by phone. */
const REACH = 'en línea ({pages}){hasPhone, select, yes { o por teléfono ({phone})} other {}}';
const REACH_BY_SMS = '{pages}{hasPhone, select, yes {, {phone}} other {}}';
/** For what is better said than written, where somebody can be called. */
const CALL = '{hasPhone, select, yes {Llámenos: {phone}} other {Díganoslo en línea: {pages}}}';
const CALL_WITHIN = '{hasPhone, select, yes {llámenos: {phone}} other {díganoslo en línea: {pages}}}';
const CALL_BY_SMS = '{hasPhone, select, yes {Tel. {phone}} other {{pages}}}';

export const spanish: LanguageTexts = {
  file: 'Expediente',
  words: {
    deviceClass: { computer: 'un ordenador o una tableta', connectivity: 'una conexión a internet', accessory: 'un accesorio' },
    device: {
      desktop: 'un ordenador de mesa',
      laptop: 'un ordenador portátil',
      tablet: 'una tableta',
      router: 'un router de internet',
      sim: 'una tarjeta SIM',
      smartphone: 'un teléfono móvil',
      headset: 'unos auriculares',
      webcam: 'una cámara web',
      printer: 'una impresora',
      charger: 'un cargador',
    },
    incidentKind: { lost: 'una pérdida', stolen: 'un robo', broken: 'una avería o rotura', claimed_returned: 'un equipo ya devuelto' },
    pickupDay: { today: 'hoy', tomorrow: 'mañana', later: 'pronto' },
    decision: { upheld: 'solicitud de nuevo en espera', dismissed: 'decisión sin cambios' },
    outcome: {
      found: 'equipo encontrado',
      not_found: 'equipo no encontrado',
      repaired: 'equipo reparado',
      written_off: 'equipo retirado del préstamo',
    },
  },
  frames: {
    sms: { subject: null, body: '{councilName}, expediente {reference}: {text}' },
    email: {
      subject: 'Noticias de su expediente',
      body: paragraphs('Buenos días, {contactName}:', '{text}', lines('Su expediente: {reference}', '{councilName}')),
    },
    letter: { subject: 'Noticias de su expediente', body: paragraphs('Buenos días, {contactName}:', '{text}', '{councilName}') },
  },
  notices: {
    request_received: {
      sms: 'Hemos recibido su solicitud. No tiene que hacer nada: le escribiremos.',
      subject: 'Hemos recibido su solicitud',
      body: paragraphs(
        'Hemos recibido su solicitud: {deviceClass}.',
        `No tiene que hacer nada. Le escribiremos cuando tengamos algo para usted. Si su situación cambia, díganoslo ${REACH}.`,
      ),
    },
    request_refused: {
      sms: `No podemos aceptar su solicitud. Para saber por qué, o si no está de acuerdo: ${REACH_BY_SMS}.`,
      subject: 'Respuesta a su solicitud',
      body: paragraphs(
        'No podemos aceptar su solicitud: {deviceClass}.',
        '{hasReason, select, yes {Motivo: {reason}} other {}}',
        'Si no está de acuerdo, puede pedirnos que la revisemos, en línea ({pages}){hasPhone, select, yes {, por teléfono ({phone})} other {}} o por carta. Una persona la leerá y le responderá.',
      ),
    },
    appeal_decided: {
      sms: `{decision, select, upheld {Hemos revisado su solicitud: vuelve a estar en espera. No tiene que hacer nada.} other {Hemos revisado su solicitud: la decisión no cambia. Para saber por qué: ${REACH_BY_SMS}.}}`,
      subject: 'Respuesta a su petición de revisión',
      body: paragraphs(
        'Una persona ha revisado su solicitud: {deviceClass}.',
        '{decision, select, upheld {Su solicitud vuelve a estar en espera. Usted conserva su tiempo de espera.} other {La decisión no cambia: no podemos aceptar su solicitud.}}',
        '{hasReason, select, yes {Motivo: {reason}} other {}}',
        `{decision, select, upheld {No tiene que hacer nada. Le escribiremos cuando tengamos algo para usted.} other {¿Una pregunta? ${CALL}.}}`,
      ),
    },
    request_suspended: {
      sms: `Su solicitud está en pausa{hasUntil, select, yes { hasta el {until, date, short}} other {}}. Conserva su tiempo de espera. Seguir: ${REACH_BY_SMS}.`,
      subject: 'Su solicitud está en pausa',
      body: paragraphs(
        'Su solicitud está en pausa: {deviceClass}.',
        '{missed, plural, =0 {} one {Usted no respondió o no vino # vez.} other {Usted no respondió o no vino # veces.}}',
        `{hasUntil, select, yes {Seguirá sola el {until, date, long}. } other {}}Usted conserva su tiempo de espera. Para seguir ahora, díganoslo ${REACH}.`,
      ),
    },
    offer_made: {
      sms: `Tenemos para usted {device}. Responda a más tardar el {expiresOn, date, short}, ${REACH_BY_SMS}.`,
      subject: 'Tenemos para usted {device}',
      body: paragraphs(
        'Tenemos para usted {device}.',
        lines('Dónde: {siteName}', 'Responder a más tardar el: {expiresOn, date, long}'),
        `Díganos sí o no y elija una cita, ${REACH}. Después de esa fecha ofreceremos el equipo a otra familia.`,
      ),
    },
    offer_expiring: {
      sms: `Recordatorio: tenemos para usted {device}. {days, plural, =0 {Hoy es el último día para responder} one {Queda # día para responder} other {Quedan # días para responder}}, ${REACH_BY_SMS}.`,
      subject: 'Recordatorio: tenemos para usted {device}',
      body: paragraphs(
        'Tenemos para usted {device} y esperamos su respuesta. {days, plural, =0 {Hoy es el último día para responder.} one {Queda # día para responder.} other {Quedan # días para responder.}}',
        lines('Dónde: {siteName}', 'Responder a más tardar el: {expiresOn, date, long}'),
        `Díganos sí o no, ${REACH}. Después de esa fecha ofreceremos el equipo a otra familia.`,
      ),
    },
    offer_expired: {
      sms: `Sin respuesta, ofrecemos el equipo a otra familia. ¿Todavía lo necesita? Díganoslo: ${REACH_BY_SMS}.`,
      subject: 'Nuestra oferta ha terminado',
      body: paragraphs(
        'Guardábamos para usted {device}, pero la fecha ha pasado. Ahora ofrecemos el equipo a otra familia.',
        '{missed, plural, =0 {} one {Es la primera oferta perdida.} other {Ya son # ofertas perdidas.}} Usted conserva su tiempo de espera.',
        `Si todavía lo necesita, o si ya no lo necesita, díganoslo ${REACH}.`,
      ),
    },
    offer_withdrawn: {
      sms: 'El equipo que le guardábamos ya no está disponible. Su solicitud conserva su lugar. No tiene que hacer nada.',
      subject: 'El equipo ya no está disponible',
      body: paragraphs(
        'Ya no podemos darle el equipo que guardábamos para usted: {device}. Lo sentimos.',
        'No es culpa suya. Su solicitud está de nuevo en espera y conserva su tiempo de espera.',
        `No tiene que hacer nada: le escribiremos en cuanto tengamos algo para usted. ¿Una pregunta? ${CALL}.`,
      ),
    },
    pickup_booked: {
      sms: `Su cita: {pickupAt}, {siteName}. Para cambiarla: ${REACH_BY_SMS}.`,
      subject: 'Su cita: {pickupAt}',
      body: paragraphs(
        'Su cita está anotada. Vendrá a recoger: {device}.',
        lines('Cuándo: {pickupAt}', 'Dónde: {siteName}'),
        `Al llegar, dé el número de su expediente: {reference}. Si no puede venir, cambie la cita ${REACH}.`,
      ),
    },
    pickup_tomorrow: {
      sms: `Su cita es {pickupDay}: {pickupAt}, {siteName}. Para cambiarla: ${REACH_BY_SMS}.`,
      subject: 'Su cita es {pickupDay}',
      body: paragraphs(
        'Su cita es {pickupDay}. Vendrá a recoger: {device}.',
        lines('Cuándo: {pickupAt}', 'Dónde: {siteName}'),
        `Al llegar, dé el número de su expediente: {reference}. Si no puede venir, cambie la cita ${REACH}.`,
      ),
    },
    pickup_cancelled: {
      sms: `Cita anulada: {pickupAt}, {siteName}. No venga. Qué hacer: ${REACH_BY_SMS}.`,
      subject: 'Su cita está anulada: {pickupAt}',
      body: paragraphs(
        'Su cita está anulada: no venga. Lo sentimos, no es culpa suya.',
        lines('Cita anulada: {pickupAt}', 'Dónde: {siteName}'),
        `{hasExpiresOn, select, yes {Seguimos guardando para usted: {device}. Elija otra cita a más tardar el {expiresOn, date, long}, ${REACH}.} other {Ya no podemos darle: {device}. Su solicitud está de nuevo en espera y conserva su tiempo de espera. No tiene que hacer nada: le escribiremos.}}`,
      ),
    },
    loan_handed_over: {
      sms: `Tiene en préstamo ${DEVICES}, a devolver a más tardar el {dueOn, date, short}. ¿Un problema? ${REACH_BY_SMS}.`,
      subject: 'Su préstamo {loanReference}',
      body: paragraphs(
        lines('Le hemos prestado:', '{devices}'),
        lines('A devolver a más tardar el: {dueOn, date, long}', 'Dónde: {siteName}', 'Préstamo: {loanReference}'),
        `Antes de esa fecha puede pedir más tiempo. Si un equipo se rompe, se pierde o es robado, díganoslo enseguida, ${REACH}.`,
      ),
    },
    loan_due: {
      sms: `A devolver a más tardar el {dueOn, date, short}, {siteName}: ${DEVICES}. ¿Más tiempo? ${CALL_BY_SMS}.`,
      subject: 'A devolver a más tardar el {dueOn}',
      body: paragraphs(
        '{days, plural, =0 {Su préstamo termina hoy.} one {Su préstamo termina en # día.} other {Su préstamo termina en # días.}}',
        lines('A devolver:', '{devices}'),
        lines('A más tardar el: {dueOn, date, long}', 'Dónde: {siteName}', 'Préstamo: {loanReference}'),
        `También puede venir antes. Si necesita más tiempo, pídanos prolongar el préstamo antes de esa fecha, ${REACH}.`,
      ),
    },
    loan_overdue: {
      sms: `Préstamo acabado el {dueOn, date, short}. A devolver, {siteName}: ${DEVICES}. ¿Devuelto? ¿Perdido? ${CALL_BY_SMS}.`,
      subject: 'Su préstamo está retrasado',
      body: paragraphs(
        'Su préstamo debía terminar el {dueOn, date, long}. {days, plural, =0 {} one {Hay # día de retraso.} other {Hay # días de retraso.}}',
        lines('A devolver:', '{devices}'),
        lines('Dónde: {siteName}', 'Préstamo: {loanReference}'),
        `Otras familias esperan. Si ya ha devuelto o ha perdido un equipo, o si necesita tiempo, díganoslo ${REACH}. Buscaremos juntos una solución.`,
      ),
    },
    loan_renewed: {
      sms: `Préstamo prolongado hasta el {dueOn, date, short}: ${DEVICES}. No tiene que hacer nada antes.`,
      subject: 'Su préstamo se ha prolongado',
      body: paragraphs(
        'Su préstamo {loanReference} se ha prolongado hasta el {dueOn, date, long}.',
        lines('Usted conserva:', '{devices}'),
        `No tiene que hacer nada antes de esa fecha. ¿Un problema? Díganoslo ${REACH}.`,
      ),
    },
    loan_recalled: {
      sms: `Necesitamos el material prestado. A devolver hasta el {dueOn, date, short}, {siteName}: ${DEVICES}. ${CALL_BY_SMS}.`,
      subject: 'Necesitamos el material prestado',
      body: paragraphs(
        'Necesitamos el material prestado antes de lo previsto. Lo sentimos.',
        lines('A devolver:', '{devices}'),
        lines('A más tardar el: {dueOn, date, long}', 'Dónde: {siteName}', 'Préstamo: {loanReference}'),
        `Si es difícil para usted, o si todavía lo necesita, ${CALL_WITHIN}. Buscaremos una solución.`,
      ),
    },
    loan_returned: {
      sms: `¡Gracias! Hemos recibido ${DEVICES}. {remaining, plural, =0 {Su préstamo ha terminado.} one {Queda # equipo por devolver.} other {Quedan # equipos por devolver.}}`,
      subject: 'Gracias por su devolución',
      body: paragraphs(
        lines('Gracias. Hemos recibido:', '{devices}'),
        '{remaining, plural, =0 {Su préstamo {loanReference} ha terminado. No tiene que hacer nada más.} one {Queda # equipo por devolver (préstamo {loanReference}).} other {Quedan # equipos por devolver (préstamo {loanReference}).}}',
        `Si no es correcto, díganoslo ${REACH}.`,
      ),
    },
    incident_opened: {
      sms: `Hemos anotado un problema con un equipo prestado. ¿Una pregunta o un error? ${CALL_BY_SMS}.`,
      subject: 'Hemos anotado un problema con un equipo prestado',
      body: paragraphs(
        'Hemos anotado un problema con un equipo prestado: {incidentKind}.',
        lines('Equipo: {device}', 'Préstamo: {loanReference}'),
        '{incidentKind, select, lost {Si lo encuentra, devuélvanoslo.} stolen {Denuncie el robo a la policía y guarde el papel. Denos su número cuando lo tenga.} broken {No intente repararlo. Tráiganoslo: lo miraremos juntos.} claimed_returned {Lo estamos buscando aquí. Mientras tanto, no recibirá recordatorios de este equipo.} other {}}',
        `Si no es correcto, ${CALL_WITHIN}.`,
      ),
    },
    incident_closed: {
      sms: `{outcome, select, not_found {No hemos encontrado el equipo aquí. Búsquelo otra vez. ${CALL_BY_SMS}.} other {El problema con el equipo prestado está resuelto. ¿Una pregunta? ${CALL_BY_SMS}.}}`,
      subject: 'Sobre el problema con un equipo prestado',
      body: paragraphs(
        lines('Habíamos anotado: {incidentKind}.', 'Equipo: {device}', 'Préstamo: {loanReference}'),
        `{outcome, select, found {El equipo se ha encontrado. Gracias.} not_found {No hemos encontrado el equipo aquí. Búsquelo otra vez en casa; después devuélvalo o ${CALL_WITHIN}.} repaired {El equipo está reparado.} written_off {El equipo ya no está en su préstamo. No tiene que devolverlo.} other {}}`,
        `¿Una pregunta? ${CALL}.`,
      ),
    },
    agreement_unsigned: {
      sms: 'Su contrato de préstamo no está firmado. Fírmelo: {pages}, o venga a: {siteName}.',
      subject: 'Falta firmar su contrato de préstamo',
      body: paragraphs(
        'El contrato del préstamo {loanReference} todavía no está firmado.',
        lines('Material prestado:', '{devices}'),
        `Fírmelo en línea ({pages}), o venga a firmarlo aquí: {siteName}. ¿Una pregunta? ${CALL}.`,
      ),
    },
    need_review_due: {
      sms: `¿Su expediente sigue siendo correcto? Compruébelo: ${REACH_BY_SMS}, por favor.`,
      subject: '¿Su expediente sigue siendo correcto?',
      body: paragraphs(
        'Hace un tiempo usted nos dijo lo que tiene en casa. ¿Ha cambiado algo: ordenadores, teléfonos, internet, número de alumnos?',
        `Por favor, compruebe su expediente y confírmelo o corríjalo, ${REACH}. Así podemos ofrecerle lo que necesita.`,
      ),
    },
  },
};

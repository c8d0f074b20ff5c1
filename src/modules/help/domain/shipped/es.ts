import { type HelpTextsOfLanguage, paragraphs } from '../help-topics.js';

export const spanish: HelpTextsOfLanguage = {
  bring_it_back: paragraphs(
    'Traiga todo lo que recibió: el equipo, el cargador, la funda.',
    'Antes de venir, guarde sus fotos y sus deberes en otro sitio. Borramos todo cuando vuelve.',
    'Cierre sus cuentas, como Google o Apple. En una tableta, quite también el código de la pantalla.',
    'Venga como muy tarde el día acordado, al lugar donde lo recibió. ¿Falta una pieza? Venga igual y díganoslo.',
  ),
  does_not_start: paragraphs(
    'Enchufe el equipo con su cargador. Espere 30 minutos, aunque la pantalla siga negra.',
    'Pulse el botón de encendido durante 15 segundos. Suelte, espere un poco y pulse una vez.',
    'Ordenador: desenchufe el ratón, la memoria USB y la impresora. Luego pruebe otra vez.',
    'Caja de internet 4G: mire que el cable esté bien metido y que el enchufe funcione.',
    '¿No pasa nada? No lo abra. Díganoslo: no es grave, lo reparamos o se lo cambiamos.',
  ),
  no_network: paragraphs(
    'Apague el equipo, espere un minuto y enciéndalo otra vez.',
    'Ordenador o tableta: mire si el Wi-Fi está encendido. El modo avión debe estar apagado.',
    'Caja de internet 4G: póngala cerca de una ventana, en alto. El nombre y la clave del Wi-Fi están en la etiqueta, a menudo debajo.',
    'Quédese en la misma habitación que la caja. Cierre los vídeos en los otros equipos.',
    '¿Internet va lento a fin de mes? Quizá ha gastado todos los datos. Díganoslo.',
  ),
  charging: paragraphs(
    'Use el cargador que le dimos. Otro cargador puede dañar el equipo.',
    'Enchúfelo por la noche. Por la mañana está listo para la escuela.',
    'Una luz pequeña o un rayo muestra que se carga. ¿Nada? Pruebe otro enchufe.',
    'Ponga el equipo en una mesa mientras se carga, nunca en una cama. Lejos del agua.',
    '¿El cargador está roto o muy caliente? Desenchúfelo y díganoslo.',
  ),
};

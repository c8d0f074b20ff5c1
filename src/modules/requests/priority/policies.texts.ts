import type { TextLanguage } from '../../../shared/language.js';

/** The words of the page that shows the scale. */
export const POLICIES_TEXTS = {
  fr: {
    title: (name: string) => `Comment ${name} classe les demandes`,
    order:
      'Chaque demande en attente reçoit des points. Celle qui en a le plus passe en premier ; à égalité, un numéro tiré au sort décide. Rien d’autre ne classe la file.',
    once: 'Les trois critères d’équipement ne s’ajoutent pas : seul le plus élevé compte.',
    person: 'Le programme propose, une personne décide. Vous pouvez demander une explication de votre rang et contester une décision.',
    version: (version: number, holdsFrom: string) => `Version ${version}, à partir du ${holdsFrom}`,
    now: 'en vigueur',
    criterion: 'Critère',
    points: 'Points',
  },
  en: {
    title: (name: string) => `How ${name} ranks requests`,
    order:
      'Every waiting request earns points. The one with most comes first; between equals a lottery number decides. Nothing else orders the queue.',
    once: 'The three criteria about equipment do not add up: only the highest counts.',
    person: 'The program proposes, a person decides. You may ask why you stand where you stand, and appeal against a decision.',
    version: (version: number, holdsFrom: string) => `Version ${version}, from ${holdsFrom}`,
    now: 'holds now',
    criterion: 'Criterion',
    points: 'Points',
  },
  ar: {
    title: (name: string) => `كيف ترتّب ${name} الطلبات`,
    order: 'كل طلب منتظر يحصل على نقاط، ويتقدم من له أكثر النقاط؛ وعند التساوي يفصل رقم بالقرعة. لا شيء آخر يرتّب قائمة الانتظار.',
    once: 'معايير الأجهزة الثلاثة لا تُجمع: يُحتسب أعلاها فقط.',
    person: 'البرنامج يقترح، والقرار لشخص. يمكنكم أن تطلبوا شرح ترتيبكم وأن تطعنوا في القرار.',
    version: (version: number, holdsFrom: string) => `النسخة ${version}، ابتداء من ${holdsFrom}`,
    now: 'سارية الآن',
    criterion: 'المعيار',
    points: 'النقاط',
  },
  tr: {
    title: (name: string) => `${name} başvuruları nasıl sıralıyor`,
    order:
      'Bekleyen her başvuru puan alır. En çok puanı olan önce gelir; eşitlikte kura numarası belirler. Sırayı başka hiçbir şey belirlemez.',
    once: 'Cihazlarla ilgili üç ölçüt toplanmaz: yalnızca en yükseği sayılır.',
    person: 'Program önerir, kararı bir insan verir. Sıranızın nedenini sorabilir ve karara itiraz edebilirsiniz.',
    version: (version: number, holdsFrom: string) => `Sürüm ${version}, ${holdsFrom} tarihinden itibaren`,
    now: 'şu anda geçerli',
    criterion: 'Ölçüt',
    points: 'Puan',
  },
  pt: {
    title: (name: string) => `Como ${name} ordena os pedidos`,
    order:
      'Cada pedido em espera recebe pontos. Passa primeiro o que tem mais; em caso de igualdade decide um número sorteado. Nada mais ordena a fila.',
    once: 'Os três critérios sobre equipamento não se somam: só conta o mais alto.',
    person: 'O programa propõe, uma pessoa decide. Pode pedir uma explicação do seu lugar e contestar uma decisão.',
    version: (version: number, holdsFrom: string) => `Versão ${version}, a partir de ${holdsFrom}`,
    now: 'em vigor',
    criterion: 'Critério',
    points: 'Pontos',
  },
  uk: {
    title: (name: string) => `Як ${name} упорядковує запити`,
    order:
      'Кожен запит у черзі отримує бали. Першим іде той, що має найбільше; за рівних балів вирішує номер жеребкування. Більше ніщо не впливає на чергу.',
    once: 'Три критерії про пристрої не додаються: враховується лише найвищий.',
    person: 'Програма пропонує, вирішує людина. Ви можете попросити пояснити ваше місце й оскаржити рішення.',
    version: (version: number, holdsFrom: string) => `Версія ${version}, від ${holdsFrom}`,
    now: 'чинна',
    criterion: 'Критерій',
    points: 'Бали',
  },
  ro: {
    title: (name: string) => `Cum ordonează ${name} cererile`,
    order:
      'Fiecare cerere în așteptare primește puncte. Cea cu cele mai multe trece întâi; la egalitate decide un număr tras la sorți. Nimic altceva nu ordonează lista.',
    once: 'Cele trei criterii despre echipament nu se adună: contează doar cel mai mare.',
    person: 'Programul propune, o persoană decide. Puteți cere o explicație a locului dumneavoastră și puteți contesta o decizie.',
    version: (version: number, holdsFrom: string) => `Versiunea ${version}, de la ${holdsFrom}`,
    now: 'în vigoare',
    criterion: 'Criteriu',
    points: 'Puncte',
  },
  es: {
    title: (name: string) => `Cómo ordena ${name} las solicitudes`,
    order:
      'Cada solicitud en espera recibe puntos. La que más tiene pasa primero; en caso de empate decide un número sorteado. Nada más ordena la cola.',
    once: 'Los tres criterios sobre el equipo no se suman: solo cuenta el más alto.',
    person: 'El programa propone, una persona decide. Puede pedir que le expliquen su puesto y recurrir una decisión.',
    version: (version: number, holdsFrom: string) => `Versión ${version}, desde ${holdsFrom}`,
    now: 'en vigor',
    criterion: 'Criterio',
    points: 'Puntos',
  },
} as const satisfies Record<TextLanguage, unknown>;

import { directionOf, type TextLanguage } from '../../../shared/language.js';
import { CRITERION_WORDS, weightWords } from './criteria.texts.js';
import type { ScoredCriterion, ValueSource } from './score.rules.js';

/** The score and the place of a line, for the sentences about them. */
export interface QueueStanding {
  readonly score: number;
  /** Null when it does not wait at present. */
  readonly position: number | null;
  readonly queueLength: number | null;
  readonly ticket: string;
  readonly policyVersion: number;
  /** Whether the line is open, so that it is scored again when something changes. */
  readonly isOpen: boolean;
  /** Whether the score is that of the present facts. */
  readonly isCurrent: boolean;
}

const WORDS = {
  fr: {
    unknown: 'non renseigné',
    yes: 'oui',
    no: 'non',
    minutes: (value: number, of: number) => `${value} minutes sur ${of}`,
    source: { declared: 'déclaré par la famille', verified: 'vérifié sur justificatif', computed: 'calculé par Passerelle' },
    earns: (points: number) => `${points} points`,
    instead: (earned: number) => `0 point : un autre critère d’équipement dit la même chose et compte plus (celui-ci vaudrait ${earned})`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `Cette demande a ${score} points : la somme des critères ci-dessous, selon la version ${policyVersion} du barème.`,
    place: (position: number, length: number) => `Elle est au rang ${position} sur ${length} demandes en attente.`,
    noPlace: 'Elle n’est pas en attente en ce moment et n’a donc pas de rang.',
    ticket: (ticket: string) =>
      `À égalité de points, le plus petit numéro tiré au sort passe d’abord. Le sien commence par ${ticket.slice(0, 8)}. Rien d’autre ne classe la file.`,
    changing: 'Une information vient de changer : les points sont en train d’être recalculés.',
    closed: 'Cette demande est close : ses points restent ceux d’alors ; les critères ci-dessous sont ceux d’aujourd’hui.',
    person: 'Le programme propose, une personne décide ; vous pouvez lui demander de revoir votre dossier.',
  },
  en: {
    unknown: 'not stated',
    yes: 'yes',
    no: 'no',
    minutes: (value: number, of: number) => `${value} of ${of} minutes`,
    source: { declared: 'declared by the family', verified: 'seen proven', computed: 'computed by Passerelle' },
    earns: (points: number) => `${points} points`,
    instead: (earned: number) => `0 points: another criterion about equipment says the same and counts more (this one would be ${earned})`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `This request has ${score} points: the sum of the criteria below, by version ${policyVersion} of the scale.`,
    place: (position: number, length: number) => `It is number ${position} of ${length} requests that wait.`,
    noPlace: 'It does not wait at present, and so has no place.',
    ticket: (ticket: string) =>
      `Between equal points the lower lottery number comes first. Its own begins with ${ticket.slice(0, 8)}. Nothing else orders the queue.`,
    changing: 'Something has just changed: the points are being reckoned again.',
    closed: 'This request is closed: its points stay as they were then, and the criteria below are as they are today.',
    person: 'The program proposes, a person decides; you may ask that person to look at your case again.',
  },
  ar: {
    unknown: 'غير مذكور',
    yes: 'نعم',
    no: 'لا',
    minutes: (value: number, of: number) => `${value} دقيقة من أصل ${of}`,
    source: { declared: 'صرّحت به العائلة', verified: 'تمّ التحقق منه بوثيقة', computed: 'حسبه Passerelle' },
    earns: (points: number) => `النقاط: ${points}`,
    instead: (earned: number) => `النقاط: 0، لأن معيارا آخر عن الأجهزة يقول الشيء نفسه وقيمته أكبر (قيمة هذا ${earned})`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `نقاط هذا الطلب: ${score}، وهي مجموع المعايير أدناه حسب النسخة ${policyVersion} من السلّم.`,
    place: (position: number, length: number) => `ترتيبه ${position} من أصل ${length} من الطلبات المنتظرة.`,
    noPlace: 'هذا الطلب ليس في الانتظار الآن، فليس له ترتيب.',
    ticket: (ticket: string) =>
      `عند تساوي النقاط يتقدم صاحب أصغر رقم في القرعة. يبدأ رقم هذا الطلب بـ ${ticket.slice(0, 8)}. لا شيء آخر يرتّب قائمة الانتظار.`,
    changing: 'تغيّرت معلومة قبل قليل، ويجري حساب النقاط من جديد.',
    closed: 'هذا الطلب مغلق: تبقى نقاطه كما كانت حينها، أما المعايير أدناه فهي كما هي اليوم.',
    person: 'البرنامج يقترح، والقرار لشخص؛ ويمكنكم أن تطلبوا منه إعادة النظر في ملفكم.',
  },
  tr: {
    unknown: 'belirtilmedi',
    yes: 'evet',
    no: 'hayır',
    minutes: (value: number, of: number) => `${of} dakikadan ${value} dakika`,
    source: { declared: 'aile bildirdi', verified: 'belgeyle görüldü', computed: 'Passerelle hesapladı' },
    earns: (points: number) => `${points} puan`,
    instead: (earned: number) =>
      `0 puan: cihazlarla ilgili başka bir ölçüt aynı şeyi söylüyor ve daha çok puan veriyor (bu ölçüt ${earned} olurdu)`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `Bu başvurunun ${score} puanı var: puan tablosunun ${policyVersion}. sürümüne göre aşağıdaki ölçütlerin toplamı.`,
    place: (position: number, length: number) => `Bekleyen ${length} başvuru arasında ${position}. sırada.`,
    noPlace: 'Şu anda beklemiyor, bu yüzden sırası yok.',
    ticket: (ticket: string) =>
      `Puanlar eşitse kurada en küçük numara önce gelir. Bu başvurunun numarası ${ticket.slice(0, 8)} ile başlıyor. Sırayı başka hiçbir şey belirlemez.`,
    changing: 'Az önce bir bilgi değişti: puanlar yeniden hesaplanıyor.',
    closed: 'Bu başvuru kapandı: puanı o zamanki gibi kalır; aşağıdaki ölçütler bugünkü durumu gösterir.',
    person: 'Program önerir, kararı bir insan verir; dosyanıza yeniden bakmasını ondan isteyebilirsiniz.',
  },
  pt: {
    unknown: 'não indicado',
    yes: 'sim',
    no: 'não',
    minutes: (value: number, of: number) => `${value} minutos de ${of}`,
    source: { declared: 'declarado pela família', verified: 'visto em comprovativo', computed: 'calculado por Passerelle' },
    earns: (points: number) => `${points} pontos`,
    instead: (earned: number) => `0 pontos: outro critério sobre equipamento diz o mesmo e conta mais (este valeria ${earned})`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `Este pedido tem ${score} pontos: a soma dos critérios abaixo, segundo a versão ${policyVersion} da tabela.`,
    place: (position: number, length: number) => `Está no lugar ${position} de ${length} pedidos em espera.`,
    noPlace: 'Não está em espera neste momento e por isso não tem lugar.',
    ticket: (ticket: string) =>
      `Com pontos iguais, passa primeiro o número mais baixo do sorteio. O deste pedido começa por ${ticket.slice(0, 8)}. Nada mais ordena a fila.`,
    changing: 'Uma informação acabou de mudar: os pontos estão a ser calculados de novo.',
    closed: 'Este pedido está encerrado: os pontos são os de então; os critérios abaixo são os de hoje.',
    person: 'O programa propõe, uma pessoa decide; pode pedir-lhe que reveja o seu processo.',
  },
  uk: {
    unknown: 'не вказано',
    yes: 'так',
    no: 'ні',
    minutes: (value: number, of: number) => `${value} хв із ${of}`,
    source: { declared: 'зі слів родини', verified: 'підтверджено документом', computed: 'обчислено Passerelle' },
    earns: (points: number) => `балів: ${points}`,
    instead: (earned: number) => `балів: 0, бо інший критерій про пристрої говорить те саме й важить більше (цей дав би ${earned})`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `Цей запит має балів: ${score}. Це сума критеріїв нижче за версією ${policyVersion} шкали.`,
    place: (position: number, length: number) => `Його місце в черзі: ${position} з ${length}.`,
    noPlace: 'Зараз він не чекає, тому місця в черзі не має.',
    ticket: (ticket: string) =>
      `За рівних балів першим іде менший номер жеребкування. Номер цього запиту починається з ${ticket.slice(0, 8)}. Більше ніщо не впливає на чергу.`,
    changing: 'Щойно змінилися дані: бали обчислюються знову.',
    closed: 'Цей запит закрито: його бали лишаються такими, як були тоді, а критерії нижче показують сьогоднішній стан.',
    person: 'Програма пропонує, вирішує людина; ви можете попросити її переглянути вашу справу.',
  },
  ro: {
    unknown: 'neprecizat',
    yes: 'da',
    no: 'nu',
    minutes: (value: number, of: number) => `${value} din ${of} minute`,
    source: { declared: 'declarat de familie', verified: 'verificat cu dovadă', computed: 'calculat de Passerelle' },
    earns: (points: number) => `puncte: ${points}`,
    instead: (earned: number) =>
      `puncte: 0, fiindcă alt criteriu despre echipament spune același lucru și contează mai mult (acesta ar da ${earned})`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `Punctele acestei cereri: ${score}, adică suma criteriilor de mai jos, după versiunea ${policyVersion} a baremului.`,
    place: (position: number, length: number) => `Este pe locul ${position} din ${length} în așteptare.`,
    noPlace: 'Nu așteaptă în acest moment, deci nu are loc în listă.',
    ticket: (ticket: string) =>
      `La puncte egale trece întâi numărul mai mic de la tragerea la sorți. Al ei începe cu ${ticket.slice(0, 8)}. Nimic altceva nu ordonează lista.`,
    changing: 'O informație tocmai s-a schimbat: punctele se calculează din nou.',
    closed: 'Această cerere este închisă: punctele rămân cele de atunci, iar criteriile de mai jos sunt cele de astăzi.',
    person: 'Programul propune, o persoană decide; puteți să-i cereți să vă revadă dosarul.',
  },
  es: {
    unknown: 'no indicado',
    yes: 'sí',
    no: 'no',
    minutes: (value: number, of: number) => `${value} minutos de ${of}`,
    source: { declared: 'declarado por la familia', verified: 'comprobado con documento', computed: 'calculado por Passerelle' },
    earns: (points: number) => `${points} puntos`,
    instead: (earned: number) => `0 puntos: otro criterio sobre el equipo dice lo mismo y cuenta más (este valdría ${earned})`,
    sum: ({ score, policyVersion }: QueueStanding) =>
      `Esta solicitud tiene ${score} puntos: la suma de los criterios de abajo, según la versión ${policyVersion} del baremo.`,
    place: (position: number, length: number) => `Está en el puesto ${position} de ${length} solicitudes en espera.`,
    noPlace: 'No está en espera en este momento y por eso no tiene puesto.',
    ticket: (ticket: string) =>
      `A igualdad de puntos pasa primero el número más bajo del sorteo. El suyo empieza por ${ticket.slice(0, 8)}. Nada más ordena la cola.`,
    changing: 'Un dato acaba de cambiar: los puntos se están calculando de nuevo.',
    closed: 'Esta solicitud está cerrada: sus puntos son los de entonces y los criterios de abajo son los de hoy.',
    person: 'El programa propone, una persona decide; puede pedirle que revise su caso.',
  },
} as const satisfies Record<TextLanguage, unknown>;

/** Returns one criterion as a sentence: the value, where it came from, what it is worth, and the points. */
export function criterionSentence(scored: ScoredCriterion, { source }: ValueSource, language: TextLanguage): string {
  const words = WORDS[language];
  const { criterion, weight, earned, points } = scored;
  const colon = language === 'fr' ? ' : ' : ': ';
  const arrow = directionOf(language) === 'rtl' ? '←' : '→';
  const gives = points === earned ? words.earns(points) : words.instead(earned);
  return `${CRITERION_WORDS[language][criterion]}${colon}${valueWords(scored, language)} (${words.source[source]}). ${weightWords(criterion, weight, language)} ${arrow} ${gives}.`;
}

function valueWords({ value, of }: ScoredCriterion, language: TextLanguage): string {
  const words = WORDS[language];
  if (value === null) return words.unknown;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return of === null ? String(value) : words.minutes(value, of);
}

/** Returns sentences that explain the score and the place of a line. */
export function standingSentences(standing: QueueStanding, language: TextLanguage): string[] {
  const words = WORDS[language];
  const { position, queueLength, ticket, isOpen, isCurrent } = standing;
  return [
    words.sum(standing),
    position === null || queueLength === null ? words.noPlace : words.place(position, queueLength),
    words.ticket(ticket),
    ...(isCurrent ? [] : [isOpen ? words.changing : words.closed]),
    words.person,
  ];
}

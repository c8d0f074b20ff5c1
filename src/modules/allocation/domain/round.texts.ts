import type { TextLanguage } from '../../../shared/language.js';
import { BARRING_REASONS, type BarringReason } from '../../../shared/promise.js';
import { PROMISE_WORDS } from './promise.texts.js';
import { UNSERVED_REASONS, type UnservedReason } from './engine/round.js';
import type { ConsideredStock } from './considered-stock.rules.js';

/** Why a line gets nothing in a round: there is no stock for it, its family may be promised nothing now, or a person set it aside. */
export const NOT_SERVED_REASONS = [...UNSERVED_REASONS, ...BARRING_REASONS, 'EXCLUDED'] as const;
export type NotServedReason = UnservedReason | BarringReason | 'EXCLUDED';

/** The most names of sites in one sentence. */
const MOST_NAMES = 6;

/** The outcome of a published round for one line. */
export interface RoundOutcome {
  readonly publishedAt: Date;
  /** The line's place in the order of the round. */
  readonly place: number;
  readonly lines: number;
  /** Null when the line was served. */
  readonly reason: NotServedReason | null;
  /** The score of the last line that was served in its place. */
  readonly cutoffScore: number | null;
  /** Why the line was set aside; null when it was not, and once the words have been erased. */
  readonly exclusionReason: string | null;
  /** The stock that the round considered for a line that got nothing for want of stock; null for rounds that did not store it yet. */
  readonly stock: ConsideredStock | null;
  /** The name of the site that the line chose; null when any site would do. */
  readonly pickupSite: string | null;
  /** The names of the sites to which the round was limited; null when it was not. */
  readonly roundSites: readonly string[] | null;
  /** Whether it was the round of one returned device. */
  readonly isAtOnce: boolean;
  /** The name of the standing decision under which the round was published; null when a person published it. */
  readonly standingDecision: string | null;
  /** Whom the family may ask: the line's school, else the council. */
  readonly contact: string;
}

interface RoundWords {
  readonly round: (day: string, place: number, lines: number) => string;
  /** For a line that was set aside and so had no place. */
  readonly aside: (day: string) => string;
  /** For a line that was served by the round of one device, in which it was the only line. */
  readonly atOnce: (day: string) => string;
  readonly served: string;
  readonly OUTRANKED: (score: number) => string;
  readonly NO_STOCK: string;
  readonly NO_ELIGIBLE_POOL: string;
  readonly EXCLUDED: (reason: string | null) => string;
  /** For a round that was limited to some sites. */
  readonly roundSites: (names: string) => string;
  /** For a line that chose a site. */
  readonly site: (name: string) => string;
  readonly elsewhere: (count: number) => string;
  /** For a line that chose a site: what other sites still had. */
  readonly anySite: string;
  readonly otherFunds: (count: number) => string;
  readonly standing: (name: string) => string;
  /** Where the family can ask a person. */
  readonly turnTo: (whom: string) => string;
  readonly person: string;
}

const WORDS: Readonly<Record<TextLanguage, RoundWords>> = {
  fr: {
    round: (day, place, lines) => `Au dernier tour d’attribution, publié le ${day}, cette demande était au rang ${place} sur ${lines}.`,
    aside: (day) => `Le dernier tour d’attribution auquel cette demande a pris part a été publié le ${day}.`,
    atOnce: (day) =>
      `Le ${day}, un tour d’attribution a été publié pour un seul appareil, revenu en stock : cette demande était la première de la file à pouvoir le recevoir.`,
    served: 'Un appareil lui a été proposé.',
    OUTRANKED: (score) =>
      `Il n’y avait pas assez d’appareils : le dernier qui lui aurait convenu est allé à une demande de ${score} points, placée avant elle.`,
    NO_STOCK: 'Il ne restait aucun appareil qui lui convienne.',
    NO_ELIGIBLE_POOL: 'Aucun appareil en stock ne correspondait à ce qui est demandé.',
    EXCLUDED: (reason) => `Une personne l’a mise de côté pour ce tour${reason === null ? '.' : `. Sa raison : « ${reason} »`}`,
    roundSites: (names) => `Ce tour ne distribuait que le stock de : ${names}.`,
    site: (name) => `Seul le stock du site « ${name} » a été regardé, car la demande choisit ce site.`,
    elsewhere: (count) => `Appareils qui lui conviendraient et qui sont restés sur d’autres sites : ${count}.`,
    anySite: 'Une demande qui ne choisit pas de site peut en recevoir un.',
    otherFunds: (count) => `Appareils de ce type dont le financement est réservé à d’autres élèves : ${count}.`,
    standing: (name) =>
      `Ce tour a été publié sans demander à chaque fois, selon la décision permanente « ${name} ». Vous pouvez demander qu’une personne revoie votre dossier.`,
    turnTo: (whom) => `Pour cela, adressez-vous à : ${whom}.`,
    person: 'Une personne a confirmé ce tour.',
  },
  en: {
    round: (day, place, lines) => `In the last allocation round, published on ${day}, this request was number ${place} of ${lines}.`,
    aside: (day) => `The last allocation round with this request was published on ${day}.`,
    atOnce: (day) =>
      `On ${day} an allocation round was published for a single device that had come back: this request was the first in the queue that could have it.`,
    served: 'A device was offered to it.',
    OUTRANKED: (score) =>
      `There were not enough devices: the last one that would have suited it went to a request of ${score} points that came before it.`,
    NO_STOCK: 'No device was left that would have suited it.',
    NO_ELIGIBLE_POOL: 'No device in stock was of the kind that is asked for.',
    EXCLUDED: (reason) => `A person set it aside for that round${reason === null ? '.' : `. The reason given: “${reason}”`}`,
    roundSites: (names) => `That round gave out no other stock than that of: ${names}.`,
    site: (name) => `Only the stock of the site “${name}” was looked at, since the request names that site.`,
    elsewhere: (count) => `Devices that would suit it and were left at other sites: ${count}.`,
    anySite: 'A request that names no site can have one of them.',
    otherFunds: (count) => `Devices of this kind whose funding is kept for other pupils: ${count}.`,
    standing: (name) =>
      `The round was published without asking each time, under the standing decision “${name}”. You may ask a person to look at your case.`,
    turnTo: (whom) => `For that, turn to: ${whom}.`,
    person: 'A person confirmed the round.',
  },
  ar: {
    round: (day, place, lines) => `في آخر جولة توزيع، المنشورة في ${day}، كان ترتيب هذا الطلب ${place} من أصل ${lines}.`,
    aside: (day) => `نُشرت في ${day} آخر جولة توزيع شارك فيها هذا الطلب.`,
    atOnce: (day) => `في ${day} نُشرت جولة توزيع لجهاز واحد عاد إلى المخزون، وكان هذا الطلب أول طلب في القائمة يمكنه الحصول عليه.`,
    served: 'عُرض عليه جهاز.',
    OUTRANKED: (score) => `لم تكف الأجهزة: آخر جهاز كان يناسبه ذهب إلى طلب قبله نقاطه ${score}.`,
    NO_STOCK: 'لم يبق جهاز يناسبه.',
    NO_ELIGIBLE_POOL: 'لم يكن في المخزون جهاز من النوع المطلوب.',
    EXCLUDED: (reason) => `وضعه أحد المسؤولين جانبا في تلك الجولة${reason === null ? '.' : `. السبب المذكور: «${reason}»`}`,
    roundSites: (names) => `لم توزّع تلك الجولة إلا مخزون: ${names}.`,
    site: (name) => `لم يُنظر إلا في مخزون الموقع «${name}»، لأن الطلب يحدّد هذا الموقع.`,
    elsewhere: (count) => `عدد الأجهزة المناسبة التي بقيت في مواقع أخرى: ${count}.`,
    anySite: 'الطلب الذي لا يحدّد موقعا يمكنه الحصول على واحد منها.',
    otherFunds: (count) => `عدد الأجهزة من هذا النوع المخصَّص تمويلها لتلاميذ آخرين: ${count}.`,
    standing: (name) => `نُشرت الجولة دون سؤال في كل مرة، وفق القرار الدائم «${name}». يمكنكم أن تطلبوا من أحد المسؤولين مراجعة ملفكم.`,
    turnTo: (whom) => `لذلك توجّهوا إلى: ${whom}.`,
    person: 'أكّد أحد المسؤولين هذه الجولة.',
  },
  tr: {
    round: (day, place, lines) => `${day} tarihinde yayımlanan son dağıtım turunda bu başvuru ${lines} başvuru içinde ${place}. sıradaydı.`,
    aside: (day) => `Bu başvurunun yer aldığı son dağıtım turu ${day} tarihinde yayımlandı.`,
    atOnce: (day) =>
      `${day} tarihinde, geri gelen tek bir cihaz için bir dağıtım turu yayımlandı: bu başvuru, sırada o cihazı alabilecek ilk başvuruydu.`,
    served: 'Kendisine bir cihaz önerildi.',
    OUTRANKED: (score) => `Yeterli cihaz yoktu: buna uygun son cihaz, sırada daha önde olan ${score} puanlı bir başvuruya gitti.`,
    NO_STOCK: 'Buna uygun cihaz kalmamıştı.',
    NO_ELIGIBLE_POOL: 'Stokta istenen türde cihaz yoktu.',
    EXCLUDED: (reason) => `Bir görevli onu o tur için kenara ayırdı${reason === null ? '.' : `. Verilen neden: “${reason}”`}`,
    roundSites: (names) => `O tur yalnızca şu yerlerin stokunu dağıttı: ${names}.`,
    site: (name) => `Başvuru bu yeri seçtiği için yalnızca “${name}” yerindeki stoka bakıldı.`,
    elsewhere: (count) => `Ona uygun olup başka yerlerde kalan cihaz sayısı: ${count}.`,
    anySite: 'Yer seçmeyen bir başvuru bunlardan birini alabilir.',
    otherFunds: (count) => `Bu türden olup finansmanı başka öğrencilere ayrılan cihaz sayısı: ${count}.`,
    standing: (name) =>
      `Tur, “${name}” adlı sürekli karar uyarınca her seferinde sorulmadan yayımlandı. Bir görevliden dosyanıza bakmasını isteyebilirsiniz.`,
    turnTo: (whom) => `Bunun için şuraya başvurun: ${whom}.`,
    person: 'Turu bir görevli onayladı.',
  },
  pt: {
    round: (day, place, lines) => `Na última ronda de atribuição, publicada a ${day}, este pedido era o número ${place} de ${lines}.`,
    aside: (day) => `A última ronda de atribuição em que este pedido entrou foi publicada a ${day}.`,
    atOnce: (day) =>
      `A ${day} foi publicada uma ronda de atribuição para um único aparelho que tinha sido devolvido: este pedido era o primeiro da fila que o podia receber.`,
    served: 'Foi-lhe proposto um aparelho.',
    OUTRANKED: (score) =>
      `Não havia aparelhos suficientes: o último que lhe teria servido foi para um pedido de ${score} pontos que estava antes.`,
    NO_STOCK: 'Já não restava nenhum aparelho que lhe servisse.',
    NO_ELIGIBLE_POOL: 'Nenhum aparelho em stock era do tipo pedido.',
    EXCLUDED: (reason) => `Uma pessoa pô-lo de lado nessa ronda${reason === null ? '.' : `. A razão indicada: «${reason}»`}`,
    roundSites: (names) => `Essa ronda só distribuiu o stock de: ${names}.`,
    site: (name) => `Só foi visto o stock do local «${name}», porque o pedido escolhe esse local.`,
    elsewhere: (count) => `Aparelhos que lhe serviriam e que ficaram noutros locais: ${count}.`,
    anySite: 'Um pedido que não escolhe local pode receber um deles.',
    otherFunds: (count) => `Aparelhos deste tipo cujo financiamento está reservado a outros alunos: ${count}.`,
    standing: (name) =>
      `A ronda foi publicada sem perguntar de cada vez, segundo a decisão permanente «${name}». Pode pedir que uma pessoa reveja o seu processo.`,
    turnTo: (whom) => `Para isso, dirija-se a: ${whom}.`,
    person: 'Uma pessoa confirmou a ronda.',
  },
  uk: {
    round: (day, place, lines) => `В останньому турі розподілу, оприлюдненому ${day}, цей запит був під номером ${place} з ${lines}.`,
    aside: (day) => `Останній тур розподілу, у якому брав участь цей запит, оприлюднено ${day}.`,
    atOnce: (day) =>
      `${day} оприлюднено тур розподілу для одного пристрою, що повернувся: цей запит був першим у черзі, який міг його отримати.`,
    served: 'Йому запропонували пристрій.',
    OUTRANKED: (score) => `Пристроїв не вистачило: останній, що підійшов би, отримав запит перед ним, який має ${score} балів.`,
    NO_STOCK: 'Не залишилося пристрою, який підійшов би.',
    NO_ELIGIBLE_POOL: 'На складі не було пристрою потрібного виду.',
    EXCLUDED: (reason) => `Працівник відклав його в тому турі${reason === null ? '.' : `. Названа причина: «${reason}»`}`,
    roundSites: (names) => `У тому турі розподіляли лише запас таких пунктів: ${names}.`,
    site: (name) => `Переглянуто лише запас пункту «${name}», бо в запиті обрано саме його.`,
    elsewhere: (count) => `Пристроїв, що підійшли б і лишилися в інших пунктах: ${count}.`,
    anySite: 'Запит без обраного пункту може отримати один із них.',
    otherFunds: (count) => `Пристроїв цього виду, кошти на які призначені іншим учням: ${count}.`,
    standing: (name) =>
      `Тур оприлюднено без окремого запиту, за постійним рішенням «${name}». Ви можете попросити працівника переглянути вашу справу.`,
    turnTo: (whom) => `Для цього зверніться сюди: ${whom}.`,
    person: 'Цей тур підтвердила людина.',
  },
  ro: {
    round: (day, place, lines) => `În ultima rundă de atribuire, publicată la ${day}, această cerere era pe locul ${place} din ${lines}.`,
    aside: (day) => `Ultima rundă de atribuire la care a luat parte această cerere a fost publicată la ${day}.`,
    atOnce: (day) =>
      `La ${day} a fost publicată o rundă de atribuire pentru un singur dispozitiv, revenit în stoc: această cerere era prima de pe listă care îl putea primi.`,
    served: 'I s-a propus un dispozitiv.',
    OUTRANKED: (score) =>
      `Nu au fost destule dispozitive: ultimul care i s-ar fi potrivit a mers la o cerere de ${score} puncte aflată înaintea ei.`,
    NO_STOCK: 'Nu mai era niciun dispozitiv potrivit.',
    NO_ELIGIBLE_POOL: 'Niciun dispozitiv din stoc nu era de felul cerut.',
    EXCLUDED: (reason) => `O persoană a lăsat-o deoparte în acea rundă${reason === null ? '.' : `. Motivul dat: „${reason}”`}`,
    roundSites: (names) => `Acea rundă a împărțit numai stocul de la: ${names}.`,
    site: (name) => `S-a căutat numai în stocul punctului „${name}”, fiindcă cererea alege acest punct.`,
    elsewhere: (count) => `Dispozitive care i s-ar potrivi și au rămas în alte puncte: ${count}.`,
    anySite: 'O cerere care nu alege un punct poate primi unul dintre ele.',
    otherFunds: (count) => `Dispozitive de acest fel a căror finanțare este pentru alți elevi: ${count}.`,
    standing: (name) =>
      `Runda a fost publicată fără a întreba de fiecare dată, pe baza deciziei permanente „${name}”. Puteți cere ca o persoană să vă revadă dosarul.`,
    turnTo: (whom) => `Pentru aceasta, adresați-vă la: ${whom}.`,
    person: 'O persoană a confirmat runda.',
  },
  es: {
    round: (day, place, lines) =>
      `En la última ronda de asignación, publicada el ${day}, esta solicitud era la número ${place} de ${lines}.`,
    aside: (day) => `La última ronda de asignación en la que participó esta solicitud se publicó el ${day}.`,
    atOnce: (day) =>
      `El ${day} se publicó una ronda de asignación para un solo aparato que había vuelto: esta solicitud era la primera de la cola que podía recibirlo.`,
    served: 'Se le propuso un aparato.',
    OUTRANKED: (score) =>
      `No había aparatos suficientes: el último que le habría servido fue para una solicitud de ${score} puntos que iba antes.`,
    NO_STOCK: 'No quedaba ningún aparato que le sirviera.',
    NO_ELIGIBLE_POOL: 'Ningún aparato en existencias era del tipo solicitado.',
    EXCLUDED: (reason) => `Una persona la apartó en esa ronda${reason === null ? '.' : `. La razón dada: «${reason}»`}`,
    roundSites: (names) => `Esa ronda solo repartió las existencias de: ${names}.`,
    site: (name) => `Solo se miraron las existencias del punto «${name}», porque la solicitud elige ese punto.`,
    elsewhere: (count) => `Aparatos que le servirían y que quedaron en otros puntos: ${count}.`,
    anySite: 'Una solicitud que no elige punto puede recibir uno de ellos.',
    otherFunds: (count) => `Aparatos de este tipo cuya financiación es para otro alumnado: ${count}.`,
    standing: (name) =>
      `La ronda se publicó sin preguntar cada vez, según la decisión permanente «${name}». Puede pedir que una persona revise su expediente.`,
    turnTo: (whom) => `Para ello, diríjase a: ${whom}.`,
    person: 'Una persona confirmó la ronda.',
  },
};

/** The outcome of the last round for a line in plain words: its place, what it got or why it got nothing, and who decided. */
export function roundSentence(outcome: RoundOutcome, language: TextLanguage, timeZone: string): string {
  const words = WORDS[language];
  const { publishedAt, standingDecision, contact } = outcome;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(publishedAt);
  const who = standingDecision === null ? [words.person] : [words.standing(standingDecision), words.turnTo(contact)];
  return [standingWords(outcome, day, words), resultWords(outcome, language), ...who].join(' ');
}

function standingWords({ reason, isAtOnce, place, lines }: RoundOutcome, day: string, words: RoundWords): string {
  if (reason === 'EXCLUDED') return words.aside(day);
  return isAtOnce ? words.atOnce(day) : words.round(day, place, lines);
}

function resultWords({ reason, cutoffScore, exclusionReason, ...rest }: RoundOutcome, language: TextLanguage): string {
  const words = WORDS[language];
  if (reason === null) return words.served;
  if (reason === 'EXCLUDED') return words.EXCLUDED(exclusionReason);
  if (isBarring(reason)) return PROMISE_WORDS[language][reason];
  return [reason === 'OUTRANKED' ? words.OUTRANKED(cutoffScore ?? 0) : words[reason], ...stockWords(rest, language)].join(' ');
}

function isBarring(reason: NotServedReason): reason is BarringReason {
  return (BARRING_REASONS as readonly NotServedReason[]).includes(reason);
}

function stockWords(
  { stock, pickupSite, roundSites }: Pick<RoundOutcome, 'stock' | 'pickupSite' | 'roundSites'>,
  language: TextLanguage,
): string[] {
  const words = WORDS[language];
  const chosen = roundSites === null || (pickupSite !== null && roundSites.includes(pickupSite)) ? pickupSite : null;
  return [
    ...(roundSites === null || roundSites.length === 0 ? [] : [words.roundSites(listed(roundSites, language))]),
    ...(chosen === null ? [] : [words.site(chosen)]),
    ...(stock && stock.elsewhere > 0 ? [words.elsewhere(stock.elsewhere), ...(chosen === null ? [] : [words.anySite])] : []),
    ...(stock && stock.otherFunds > 0 ? [words.otherFunds(stock.otherFunds)] : []),
  ];
}

/** The first few of many names, as a list in words. */
function listed(names: readonly string[], language: TextLanguage): string {
  const few = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), '…'] : names;
  return new Intl.ListFormat(language).format(few);
}

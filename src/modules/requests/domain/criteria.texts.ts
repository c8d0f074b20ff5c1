import { CRITERIA, type Criterion, type Weight } from './priority-policy.rules.js';

/** The languages in which families are written to, and the scale is explained; others read the first. */
export const TEXT_LANGUAGES = ['fr', 'en', 'ar', 'tr', 'pt', 'uk', 'ro', 'es'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** Which way a language is written. */
export const directionOf = (language: TextLanguage): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

const known = (language: string): TextLanguage | undefined =>
  TEXT_LANGUAGES.find((each) => each === language.split(/[-_]/)[0]?.toLowerCase());

/** Whether the scale is explained in a language. */
export const hasText = (language: string): boolean => known(language) !== undefined;

export function textLanguage(language: string): TextLanguage {
  return known(language) ?? TEXT_LANGUAGES[0];
}

/** What each criterion looks at, in the words of a family. */
export const CRITERION_WORDS: Readonly<Record<TextLanguage, Readonly<Record<Criterion, string>>>> = {
  fr: {
    uncoveredShare: 'Part du travail scolaire à distance que l’équipement de la maison ne permet pas',
    noComputer: 'Pas d’ordinateur ni de tablette à la maison',
    smartphoneOnly: 'Un smartphone et pas d’ordinateur',
    sharedDevice: 'Un ordinateur pour trois élèves ou plus',
    noInternet: 'Pas d’accès à internet à la maison',
    learners: 'Nombre d’élèves',
    examYear: 'Un élève passe un examen cette année',
    bursaryLevel: 'Échelon de bourse',
    schoolIndex: 'Indice de position sociale de l’établissement',
    homeAlone: 'Pas d’adulte à la maison pendant les heures de classe',
    waitingDays: 'Jours d’attente depuis la demande',
    missedOffers: 'Propositions ou retraits manqués',
  },
  en: {
    uncoveredShare: 'Share of schoolwork at home that the household’s equipment cannot cover',
    noComputer: 'No computer or tablet at home',
    smartphoneOnly: 'A smartphone and no computer',
    sharedDevice: 'One computer for three learners or more',
    noInternet: 'No internet at home',
    learners: 'Number of learners',
    examYear: 'A learner sits an exam this year',
    bursaryLevel: 'Bursary level',
    schoolIndex: 'Social position index of the school',
    homeAlone: 'No adult at home in school hours',
    waitingDays: 'Days of waiting since the request',
    missedOffers: 'Offers or collections missed',
  },
  ar: {
    uncoveredShare: 'نسبة العمل المدرسي في البيت التي لا تسمح بها أجهزة البيت',
    noComputer: 'لا حاسوب ولا لوح رقمي في البيت',
    smartphoneOnly: 'هاتف ذكي بلا حاسوب',
    sharedDevice: 'حاسوب واحد لثلاثة تلاميذ أو أكثر',
    noInternet: 'لا إنترنت في البيت',
    learners: 'عدد التلاميذ',
    examYear: 'أحد التلاميذ يجتاز امتحانا هذه السنة',
    bursaryLevel: 'درجة المنحة الدراسية',
    schoolIndex: 'مؤشر الوضع الاجتماعي للمدرسة',
    homeAlone: 'لا شخص بالغا في البيت في ساعات الدراسة',
    waitingDays: 'أيام الانتظار منذ الطلب',
    missedOffers: 'عروض أو مواعيد استلام فائتة',
  },
  tr: {
    uncoveredShare: 'Evdeki cihazlarla yapılamayan evde ders çalışmasının oranı',
    noComputer: 'Evde bilgisayar ve tablet yok',
    smartphoneOnly: 'Akıllı telefon var, bilgisayar yok',
    sharedDevice: 'Üç veya daha fazla öğrenciye bir bilgisayar',
    noInternet: 'Evde internet yok',
    learners: 'Öğrenci sayısı',
    examYear: 'Bir öğrenci bu yıl sınava giriyor',
    bursaryLevel: 'Burs derecesi',
    schoolIndex: 'Okulun sosyal durum endeksi',
    homeAlone: 'Ders saatlerinde evde yetişkin yok',
    waitingDays: 'Başvurudan bu yana bekleme günleri',
    missedOffers: 'Kaçırılan teklifler veya teslim randevuları',
  },
  pt: {
    uncoveredShare: 'Parte do trabalho escolar em casa que o equipamento da casa não permite',
    noComputer: 'Nem computador nem tablet em casa',
    smartphoneOnly: 'Um smartphone e nenhum computador',
    sharedDevice: 'Um computador para três alunos ou mais',
    noInternet: 'Sem internet em casa',
    learners: 'Número de alunos',
    examYear: 'Um aluno faz um exame este ano',
    bursaryLevel: 'Escalão da bolsa',
    schoolIndex: 'Índice de posição social da escola',
    homeAlone: 'Nenhum adulto em casa nas horas de aulas',
    waitingDays: 'Dias de espera desde o pedido',
    missedOffers: 'Propostas ou levantamentos perdidos',
  },
  uk: {
    uncoveredShare: 'Частка шкільної роботи вдома, яку не можна виконати на домашніх пристроях',
    noComputer: 'Удома немає ні комп’ютера, ні планшета',
    smartphoneOnly: 'Є смартфон, але немає комп’ютера',
    sharedDevice: 'Один комп’ютер на трьох учнів або більше',
    noInternet: 'Удома немає інтернету',
    learners: 'Кількість учнів',
    examYear: 'Учень складає іспит цього року',
    bursaryLevel: 'Рівень стипендії',
    schoolIndex: 'Індекс соціального становища школи',
    homeAlone: 'У години занять удома немає дорослих',
    waitingDays: 'Дні очікування від подання запиту',
    missedOffers: 'Пропущені пропозиції або видачі',
  },
  ro: {
    uncoveredShare: 'Partea din munca școlară de acasă pe care echipamentul casei nu o permite',
    noComputer: 'Niciun calculator și nicio tabletă acasă',
    smartphoneOnly: 'Un smartphone și niciun calculator',
    sharedDevice: 'Un calculator pentru trei elevi sau mai mulți',
    noInternet: 'Fără internet acasă',
    learners: 'Numărul de elevi',
    examYear: 'Un elev dă un examen anul acesta',
    bursaryLevel: 'Nivelul bursei',
    schoolIndex: 'Indicele de poziție socială al școlii',
    homeAlone: 'Niciun adult acasă în orele de școală',
    waitingDays: 'Zile de așteptare de la cerere',
    missedOffers: 'Oferte sau ridicări ratate',
  },
  es: {
    uncoveredShare: 'Parte del trabajo escolar en casa que el equipo del hogar no permite',
    noComputer: 'Ni ordenador ni tableta en casa',
    smartphoneOnly: 'Un teléfono inteligente y ningún ordenador',
    sharedDevice: 'Un ordenador para tres alumnos o más',
    noInternet: 'Sin internet en casa',
    learners: 'Número de alumnos',
    examYear: 'Un alumno se examina este año',
    bursaryLevel: 'Nivel de beca',
    schoolIndex: 'Índice de posición social del centro',
    homeAlone: 'Ningún adulto en casa en horas de clase',
    waitingDays: 'Días de espera desde la solicitud',
    missedOffers: 'Propuestas o recogidas perdidas',
  },
};

const WEIGHTS = {
  fr: {
    none: 'ne compte pas',
    share: (points: number) => `jusqu’à ${points}, selon la part`,
    units: (points: number) => `${points} par unité`,
    yes: (points: number) => `${points} si oui`,
    band: (below: number, points: number) => `${points} sous ${below}`,
    cap: (cap: number) => ` (au plus ${cap})`,
  },
  en: {
    none: 'does not count',
    share: (points: number) => `up to ${points}, by the share`,
    units: (points: number) => `${points} for each`,
    yes: (points: number) => `${points} if so`,
    band: (below: number, points: number) => `${points} below ${below}`,
    cap: (cap: number) => ` (at most ${cap})`,
  },
  ar: {
    none: 'لا يحتسب',
    share: (points: number) => `حتى ${points} حسب النسبة`,
    units: (points: number) => `${points} لكل وحدة`,
    yes: (points: number) => `${points} إن كان الجواب نعم`,
    band: (below: number, points: number) => `${points} تحت ${below}`,
    cap: (cap: number) => ` (${cap} على الأكثر)`,
  },
  tr: {
    none: 'sayılmaz',
    share: (points: number) => `orana göre en fazla ${points}`,
    units: (points: number) => `her biri için ${points}`,
    yes: (points: number) => `evetse ${points}`,
    band: (below: number, points: number) => `${below} altında ${points}`,
    cap: (cap: number) => ` (en fazla ${cap})`,
  },
  pt: {
    none: 'não conta',
    share: (points: number) => `até ${points}, conforme a parte`,
    units: (points: number) => `${points} por unidade`,
    yes: (points: number) => `${points} se sim`,
    band: (below: number, points: number) => `${points} abaixo de ${below}`,
    cap: (cap: number) => ` (no máximo ${cap})`,
  },
  uk: {
    none: 'не враховується',
    share: (points: number) => `до ${points}, залежно від частки`,
    units: (points: number) => `${points} за кожну одиницю`,
    yes: (points: number) => `${points}, якщо так`,
    band: (below: number, points: number) => `${points}, якщо менше ніж ${below}`,
    cap: (cap: number) => ` (щонайбільше ${cap})`,
  },
  ro: {
    none: 'nu contează',
    share: (points: number) => `până la ${points}, după parte`,
    units: (points: number) => `${points} pentru fiecare`,
    yes: (points: number) => `${points} dacă da`,
    band: (below: number, points: number) => `${points} sub ${below}`,
    cap: (cap: number) => ` (cel mult ${cap})`,
  },
  es: {
    none: 'no cuenta',
    share: (points: number) => `hasta ${points}, según la parte`,
    units: (points: number) => `${points} por unidad`,
    yes: (points: number) => `${points} si es así`,
    band: (below: number, points: number) => `${points} por debajo de ${below}`,
    cap: (cap: number) => ` (como máximo ${cap})`,
  },
} as const satisfies Record<TextLanguage, unknown>;

/** What a criterion gives, in words. */
export function weightWords(criterion: Criterion, { points, cap, bands }: Weight, language: TextLanguage): string {
  const words = WEIGHTS[language];
  const atMost = cap === null ? '' : words.cap(cap);
  const { measure } = CRITERIA[criterion];
  if (measure === 'band')
    return bands.length === 0 ? words.none : bands.map((each) => words.band(each.below, each.points)).join(', ') + atMost;
  return points === 0 ? words.none : words[measure](points) + atMost;
}

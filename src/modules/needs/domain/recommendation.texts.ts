import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { type TextLanguage, textLanguageOf } from '../../../shared/language.js';
import type { KitContent, NoRecommendation, Recommendation } from './need.rules.js';

/** The parts of a sentence, already in its language. */
interface SentenceParts {
  readonly kit: string;
  readonly names: string;
  readonly isOne: boolean;
  /** Hours as a number, and with their unit. */
  readonly gained: string;
  readonly gainedHours: string;
  readonly lackingHours: string;
  readonly more: string;
  readonly moreHours: string;
}

interface RecommendationWords {
  /** How a unit of time is written in a sentence. */
  readonly hours: 'long' | 'short';
  /** One device with its article, as it stands in a sentence. */
  readonly one: Readonly<Record<DeviceCategory, string>>;
  readonly gives: (parts: SentenceParts) => string;
  readonly second: (parts: SentenceParts) => string;
  readonly secondAddsNothing: string;
  readonly none: Readonly<Record<NoRecommendation, (lackingHours: string) => string>>;
}

const WORDS: Readonly<Record<TextLanguage, RecommendationWords>> = {
  en: {
    hours: 'long',
    one: {
      laptop: 'a laptop', desktop: 'a desktop computer', tablet: 'a tablet', smartphone: 'a smartphone', router: 'a 4G router',
      sim: 'a SIM card', headset: 'a headset', webcam: 'a webcam', printer: 'a printer', charger: 'a charger',
    }, // prettier-ignore
    gives: ({ kit, names, gained, lackingHours }) =>
      `${kit} would give ${names} back ${gained} of the ${lackingHours} a week that they now miss.`,
    second: ({ more }) => `A second one would add ${more}.`,
    secondAddsNothing: 'A second one would add nothing.',
    none: {
      NO_LEARNERS: () => 'There is no learner in this household, so nothing is recommended.',
      NOTHING_MISSING: () => 'Nothing is recommended: what is at home covers every hour of the week.',
      NO_KITS: (lacking) => `${lacking} a week are missing, but the catalogue has no kit yet.`,
      NO_KIT_HELPS: (lacking) => `${lacking} a week are missing, but no kit of the catalogue would change that.`,
    },
  },
  fr: {
    hours: 'long',
    one: {
      laptop: 'un ordinateur portable', desktop: 'un ordinateur fixe', tablet: 'une tablette', smartphone: 'un smartphone',
      router: 'un routeur 4G', sim: 'une carte SIM', headset: 'un casque', webcam: 'une webcam', printer: 'une imprimante', charger: 'un chargeur',
    }, // prettier-ignore
    gives: ({ kit, names, isOne, gained, lackingHours }) =>
      `${kit} rendrait à ${names} ${gained} des ${lackingHours} par semaine qui ${isOne ? 'lui' : 'leur'} manquent aujourd’hui.`,
    second: ({ more }) => `Un second exemplaire en ajouterait ${more}.`,
    secondAddsNothing: 'Un second exemplaire n’ajouterait rien.',
    none: {
      NO_LEARNERS: () => 'Ce foyer n’a pas d’élève : rien n’est recommandé.',
      NOTHING_MISSING: () => 'Rien n’est recommandé : ce qui est à la maison couvre toutes les heures de la semaine.',
      NO_KITS: (lacking) => `Il manque ${lacking} par semaine, mais le catalogue n’a pas encore de kit.`,
      NO_KIT_HELPS: (lacking) => `Il manque ${lacking} par semaine, mais aucun kit du catalogue n’y changerait rien.`,
    },
  },
  ar: {
    hours: 'long',
    one: {
      laptop: 'حاسوب محمول', desktop: 'حاسوب مكتبي', tablet: 'جهاز لوحي', smartphone: 'هاتف ذكي', router: 'موجّه 4G',
      sim: 'شريحة SIM', headset: 'سماعة رأس', webcam: 'كاميرا ويب', printer: 'طابعة', charger: 'شاحن',
    }, // prettier-ignore
    gives: ({ kit, names, gainedHours, lackingHours }) =>
      `مع ${kit} يستعيد ${names} ${gainedHours} من أصل ${lackingHours} مفقودة كل أسبوع.`,
    second: ({ moreHours }) => `وواحد إضافي مثله يضيف ${moreHours}.`,
    secondAddsNothing: 'وواحد إضافي مثله لا يضيف شيئًا.',
    none: {
      NO_LEARNERS: () => 'لا يوجد تلميذ في هذه الأسرة، لذلك لا توجد توصية.',
      NOTHING_MISSING: () => 'لا توجد توصية: ما هو متوفر في البيت يغطي كل ساعات الأسبوع.',
      NO_KITS: (lacking) => `ينقص ${lacking} كل أسبوع، لكن القائمة لا تحتوي بعد على أي معدات.`,
      NO_KIT_HELPS: (lacking) => `ينقص ${lacking} كل أسبوع، لكن لا شيء في القائمة يغيّر ذلك.`,
    },
  },
  tr: {
    hours: 'long',
    one: {
      laptop: 'bir dizüstü bilgisayar', desktop: 'bir masaüstü bilgisayar', tablet: 'bir tablet', smartphone: 'bir akıllı telefon',
      router: 'bir 4G yönlendirici', sim: 'bir SIM kart', headset: 'bir kulaklık', webcam: 'bir web kamerası', printer: 'bir yazıcı', charger: 'bir şarj aleti',
    }, // prettier-ignore
    gives: ({ kit, names, gainedHours, lackingHours }) =>
      `${kit} ile ${names} için haftada eksik olan ${lackingHours} içinden ${gainedHours} karşılanır.`,
    second: ({ moreHours }) => `İkincisi ${moreHours} daha ekler.`,
    secondAddsNothing: 'İkincisi bir şey eklemez.',
    none: {
      NO_LEARNERS: () => 'Bu hanede öğrenci yok, bu yüzden bir öneri yok.',
      NOTHING_MISSING: () => 'Öneri yok: evdekiler haftanın bütün saatlerini karşılıyor.',
      NO_KITS: (lacking) => `Haftada ${lacking} eksik, ama katalogda henüz set yok.`,
      NO_KIT_HELPS: (lacking) => `Haftada ${lacking} eksik, ama katalogdaki hiçbir set bunu değiştirmez.`,
    },
  },
  pt: {
    hours: 'long',
    one: {
      laptop: 'um computador portátil', desktop: 'um computador de mesa', tablet: 'um tablet', smartphone: 'um smartphone',
      router: 'um router 4G', sim: 'um cartão SIM', headset: 'uns auscultadores', webcam: 'uma webcam', printer: 'uma impressora', charger: 'um carregador',
    }, // prettier-ignore
    gives: ({ kit, names, gained, lackingHours }) =>
      `${kit} devolveria a ${names} ${gained} das ${lackingHours} por semana que agora faltam.`,
    second: ({ more }) => `Um segundo exemplar acrescentaria ${more}.`,
    secondAddsNothing: 'Um segundo exemplar não acrescentaria nada.',
    none: {
      NO_LEARNERS: () => 'Não há alunos neste agregado, por isso nada é recomendado.',
      NOTHING_MISSING: () => 'Nada é recomendado: o que há em casa cobre todas as horas da semana.',
      NO_KITS: (lacking) => `Faltam ${lacking} por semana, mas o catálogo ainda não tem kits.`,
      NO_KIT_HELPS: (lacking) => `Faltam ${lacking} por semana, mas nenhum kit do catálogo mudaria isso.`,
    },
  },
  uk: {
    hours: 'short',
    one: {
      laptop: 'ноутбук', desktop: 'настільний комп’ютер', tablet: 'планшет', smartphone: 'смартфон', router: '4G-роутер',
      sim: 'SIM-картка', headset: 'гарнітура', webcam: 'вебкамера', printer: 'принтер', charger: 'зарядний пристрій',
    }, // prettier-ignore
    gives: ({ kit, names, isOne, gainedHours, lackingHours }) =>
      `${kit}: так ${names} ${isOne ? 'отримає' : 'отримають'} ${gainedHours} із ${lackingHours} на тиждень, яких зараз бракує.`,
    second: ({ moreHours }) => `Ще один такий самий комплект додасть ${moreHours}.`,
    secondAddsNothing: 'Ще один такий самий комплект нічого не додасть.',
    none: {
      NO_LEARNERS: () => 'У цій родині немає учнів, тому рекомендації немає.',
      NOTHING_MISSING: () => 'Рекомендації немає: того, що є вдома, вистачає на всі години тижня.',
      NO_KITS: (lacking) => `Бракує ${lacking} на тиждень, але в каталозі ще немає комплектів.`,
      NO_KIT_HELPS: (lacking) => `Бракує ${lacking} на тиждень, але жоден комплект із каталогу цього не змінить.`,
    },
  },
  ro: {
    hours: 'long',
    one: {
      laptop: 'un laptop', desktop: 'un calculator', tablet: 'o tabletă', smartphone: 'un smartphone', router: 'un router 4G',
      sim: 'o cartelă SIM', headset: 'o pereche de căști', webcam: 'o cameră web', printer: 'o imprimantă', charger: 'un încărcător',
    }, // prettier-ignore
    gives: ({ kit, names, isOne, gained, lackingHours }) =>
      `${kit} ${isOne ? 'i' : 'le'}-ar reda lui ${names} ${gained} din cele ${lackingHours} pe săptămână care lipsesc acum.`,
    second: ({ moreHours }) => `Încă un exemplar ar mai adăuga ${moreHours}.`,
    secondAddsNothing: 'Încă un exemplar nu ar mai adăuga nimic.',
    none: {
      NO_LEARNERS: () => 'În această gospodărie nu este niciun elev, deci nu se recomandă nimic.',
      NOTHING_MISSING: () => 'Nu se recomandă nimic: ce există acasă acoperă toate orele săptămânii.',
      NO_KITS: (lacking) => `Lipsesc ${lacking} pe săptămână, dar catalogul nu are încă niciun set.`,
      NO_KIT_HELPS: (lacking) => `Lipsesc ${lacking} pe săptămână, dar niciun set din catalog nu ar schimba asta.`,
    },
  },
  es: {
    hours: 'long',
    one: {
      laptop: 'un ordenador portátil', desktop: 'un ordenador de mesa', tablet: 'una tableta', smartphone: 'un teléfono inteligente',
      router: 'un router 4G', sim: 'una tarjeta SIM', headset: 'unos auriculares', webcam: 'una cámara web', printer: 'una impresora', charger: 'un cargador',
    }, // prettier-ignore
    gives: ({ kit, names, isOne, gained, lackingHours }) =>
      `${kit} devolvería a ${names} ${gained} de las ${lackingHours} semanales que ahora ${isOne ? 'le' : 'les'} faltan.`,
    second: ({ more }) => `Un segundo ejemplar añadiría ${more}.`,
    secondAddsNothing: 'Un segundo ejemplar no añadiría nada.',
    none: {
      NO_LEARNERS: () => 'En este hogar no hay alumnos, así que no se recomienda nada.',
      NOTHING_MISSING: () => 'No se recomienda nada: lo que hay en casa cubre todas las horas de la semana.',
      NO_KITS: (lacking) => `Faltan ${lacking} por semana, pero el catálogo aún no tiene kits.`,
      NO_KIT_HELPS: (lacking) => `Faltan ${lacking} por semana, pero ningún kit del catálogo lo cambiaría.`,
    },
  },
};

const FALLBACK_LANGUAGE = 'en';

/** Returns the language of the words when this one is asked for: its base, or English. */
function languageOfWords(asked: string): TextLanguage {
  return textLanguageOf(asked) ?? FALLBACK_LANGUAGE;
}

/**
 * Returns a sentence such as "A laptop would give Amal and Idris back 21 of the 26 hours a week that they now miss. A second one would add 3."
 */
export function recommendationSentence(
  { secondAddsMinutes, gaining, losing }: Recommendation,
  components: KitContent['components'],
  names: ReadonlyMap<string, string>,
  asked: string,
): string {
  const language = languageOfWords(asked);
  const words = WORDS[language];
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const kit = list.format(
    components.map(({ category, count }) => (count === 1 ? words.one[category] : `${count} × ${withoutArticle(words.one[category])}`)),
  );
  const lacking = gaining.reduce((sum, { lackingMinutes }) => sum + lackingMinutes, 0);
  const gained = gaining.reduce((sum, { gainedMinutes }) => sum + gainedMinutes, 0);
  const parts: SentenceParts = {
    kit,
    names: list.format(gaining.flatMap(({ learnerId }) => names.get(learnerId) ?? [])),
    isOne: gaining.length === 1,
    gained: hours(gained, language),
    gainedHours: hours(gained, language, words.hours),
    lackingHours: hours(lacking, language, words.hours),
    more: hours(secondAddsMinutes, language),
    moreHours: hours(secondAddsMinutes, language, words.hours),
  };
  const losses = losing.map(({ learnerId, lostMinutes }) => `${names.get(learnerId) ?? ''} ${hours(-lostMinutes, language, words.hours)}`);
  return [
    capitalised(words.gives(parts), language),
    ...(losses.length > 0 ? [`(${list.format(losses)})`] : []),
    secondAddsMinutes > 0 ? words.second(parts) : words.secondAddsNothing,
  ].join(' ');
}

/** One device with its article, as a line of a list begins, such as `Un ordinateur portable`. */
export function oneDevice(category: DeviceCategory, language: TextLanguage): string {
  return capitalised(WORDS[language].one[category], language);
}

/** Returns a sentence that says why nothing is recommended. */
export function noRecommendationSentence(reason: NoRecommendation, uncoveredMinutes: number, asked: string): string {
  const language = languageOfWords(asked);
  const words = WORDS[language];
  return capitalised(words.none[reason](hours(uncoveredMinutes, language, words.hours)), language);
}

function hours(minutes: number, language: string, unitDisplay?: 'long' | 'short'): string {
  const unit = unitDisplay && ({ style: 'unit', unit: 'hour', unitDisplay } as const);
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2, ...unit }).format(minutes / 60);
}

/** Removes the article, which is a short word in front in the languages that have one. */
function withoutArticle(one: string): string {
  return one.replace(/^\p{Ll}{1,4} /u, '');
}

function capitalised(text: string, language: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}

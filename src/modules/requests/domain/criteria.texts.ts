import { CRITERIA, type Criterion, type Weight } from './priority-policy.rules.js';

/** The languages that the scale is explained in; others read the first. */
export const TEXT_LANGUAGES = ['fr', 'en'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** Whether the scale is explained in a language. */
export const hasText = (language: string): boolean => /^(fr|en)\b/i.test(language);

export function textLanguage(language: string): TextLanguage {
  return /^en\b/i.test(language) ? 'en' : 'fr';
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

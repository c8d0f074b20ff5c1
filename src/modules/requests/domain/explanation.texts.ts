import { CRITERION_WORDS, type TextLanguage, weightWords } from './criteria.texts.js';
import type { ScoredCriterion, ValueSource } from './score.rules.js';

/** Where a line stands, for the words. */
export interface Standing {
  readonly score: number;
  /** Null: it does not wait at present. */
  readonly position: number | null;
  readonly queueLength: number | null;
  readonly ticket: string;
  readonly policyVersion: number;
  /** Whether the score is already of what is known now. */
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
    sum: ({ score, policyVersion }: Standing) =>
      `Cette demande a ${score} points : la somme des critères ci-dessous, selon la version ${policyVersion} du barème.`,
    place: (position: number, length: number) => `Elle est au rang ${position} sur ${length} demandes en attente.`,
    noPlace: 'Elle n’est pas en attente en ce moment et n’a donc pas de rang.',
    ticket: (ticket: string) =>
      `À égalité de points, le plus petit numéro tiré au sort passe d’abord. Le sien commence par ${ticket.slice(0, 8)}. Rien d’autre ne classe la file.`,
    changing: 'Une information vient de changer : les points sont en train d’être recalculés.',
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
    sum: ({ score, policyVersion }: Standing) =>
      `This request has ${score} points: the sum of the criteria below, by version ${policyVersion} of the scale.`,
    place: (position: number, length: number) => `It is number ${position} of ${length} requests that wait.`,
    noPlace: 'It does not wait at present, and so has no place.',
    ticket: (ticket: string) =>
      `Between equal points the lower lottery number comes first. Its own begins with ${ticket.slice(0, 8)}. Nothing else orders the queue.`,
    changing: 'Something has just changed: the points are being reckoned again.',
    person: 'The program proposes, a person decides; you may ask that person to look at your case again.',
  },
} as const satisfies Record<TextLanguage, unknown>;

/** One criterion in one sentence: what was seen, where it came from, what it is worth, what it gave. */
export function criterionSentence(scored: ScoredCriterion, { source }: ValueSource, language: TextLanguage): string {
  const words = WORDS[language];
  const { criterion, weight, earned, points } = scored;
  const colon = language === 'fr' ? ' : ' : ': ';
  const gives = points === earned ? words.earns(points) : words.instead(earned);
  return `${CRITERION_WORDS[language][criterion]}${colon}${valueWords(scored, language)} (${words.source[source]}). ${weightWords(criterion, weight, language)} → ${gives}.`;
}

function valueWords({ value, of }: ScoredCriterion, language: TextLanguage): string {
  const words = WORDS[language];
  if (value === null) return words.unknown;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return of === null ? String(value) : words.minutes(value, of);
}

/** Why a line stands where it stands, in sentences. */
export function standingSentences(standing: Standing, language: TextLanguage): string[] {
  const words = WORDS[language];
  const { position, queueLength, ticket, isCurrent } = standing;
  return [
    words.sum(standing),
    position === null || queueLength === null ? words.noPlace : words.place(position, queueLength),
    words.ticket(ticket),
    ...(isCurrent ? [] : [words.changing]),
    words.person,
  ];
}

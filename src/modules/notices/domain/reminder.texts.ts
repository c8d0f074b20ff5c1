import type { Day } from '../../../shared/day.js';
import type { ReminderKind } from '../../loans/index.js';

/** What a reminder tells: no name of a child, no reason, nothing that a neighbour should not read. */
export interface ReminderFacts {
  readonly contactName: string;
  readonly councilName: string;
  readonly loanReference: string;
  /** One line a device that is still out as far as the family says, such as `Ordinateur portable LT-0001`. */
  readonly devices: readonly string[];
  /** As a person of that language writes it. */
  readonly dueDay: string;
  readonly siteName: string;
}

interface Text {
  readonly subject: string;
  readonly body: string;
}

type Write = (facts: ReminderFacts) => Text;

const FRENCH: Record<ReminderKind, Write> = {
  due_soon: (facts) => ({
    subject: `À rendre le ${facts.dueDay}`,
    body: french(
      facts,
      `Le prêt ${facts.loanReference} se termine le ${facts.dueDay}. Vous pouvez rendre l'appareil avant cette date, ou nous demander de prolonger le prêt.`,
    ),
  }),
  due_today: (facts) => ({
    subject: "À rendre aujourd'hui",
    body: french(facts, `Le prêt ${facts.loanReference} se termine aujourd'hui.`),
  }),
  overdue: (facts) => ({
    subject: 'Prêt en retard',
    body: french(
      facts,
      `Le prêt ${facts.loanReference} devait se terminer le ${facts.dueDay}. D'autres familles attendent. Si vous avez déjà rendu l'appareil, ou si vous l'avez perdu, dites-le-nous.`,
    ),
  }),
};

const ENGLISH: Record<ReminderKind, Write> = {
  due_soon: (facts) => ({
    subject: `To bring back by ${facts.dueDay}`,
    body: english(
      facts,
      `Loan ${facts.loanReference} ends on ${facts.dueDay}. You can bring the device back before, or ask us to renew the loan.`,
    ),
  }),
  due_today: (facts) => ({
    subject: 'To bring back today',
    body: english(facts, `Loan ${facts.loanReference} ends today.`),
  }),
  overdue: (facts) => ({
    subject: 'Loan overdue',
    body: english(
      facts,
      `Loan ${facts.loanReference} was to end on ${facts.dueDay}. Other families are waiting. If you have brought the device back already, or lost it, please tell us.`,
    ),
  }),
};

/** The languages that reminders are written in. */
export const REMINDER_LANGUAGES = { fr: FRENCH, en: ENGLISH } as const;
export type ReminderLanguage = keyof typeof REMINDER_LANGUAGES;

/** The first of the wished languages that we have; the last resort is French, the language of the councils. */
export function reminderLanguage(...wished: readonly (string | null)[]): ReminderLanguage {
  const known = wished
    .map((language) => language?.split('-')[0]?.toLowerCase())
    .find((code) => code !== undefined && code in REMINDER_LANGUAGES);
  return (known as ReminderLanguage | undefined) ?? 'fr';
}

export function reminderText(kind: ReminderKind, language: ReminderLanguage, facts: ReminderFacts): Text {
  return REMINDER_LANGUAGES[language][kind](facts);
}

function french({ contactName, devices, siteName, councilName }: ReminderFacts, middle: string): string {
  return [`Bonjour ${contactName},`, middle, `À rendre :\n${list(devices)}`, `Où : ${siteName}`, councilName].join('\n\n') + '\n';
}

function english({ contactName, devices, siteName, councilName }: ReminderFacts, middle: string): string {
  return [`Hello ${contactName},`, middle, `To bring back:\n${list(devices)}`, `Where: ${siteName}`, councilName].join('\n\n') + '\n';
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

/** A day as people write it: `lundi 2 novembre 2026`. */
export function dayInWords(day: Day, language: ReminderLanguage): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

import type { TextLanguage } from '../../requests/index.js';

/** Decisions of a person by which a device went past lines that it could have served. */
export const PASSING_KINDS = ['placement', 'override'] as const;
export type PassingKind = (typeof PASSING_KINDS)[number];

/** A decision that touched a line; its words are null once they have been erased. */
export interface LineDecision {
  readonly kind: PassingKind;
  readonly at: Date;
  readonly reason: string | null;
}

interface DecisionWords extends Readonly<Record<PassingKind, (day: string) => string>> {
  readonly because: (reason: string) => string;
  readonly erased: string;
}

const WORDS: Readonly<Record<TextLanguage, DecisionWords>> = {
  fr: {
    placement: (day) =>
      `Le ${day}, une personne a réservé à une autre famille, placée après celle-ci dans la file, un appareil qui aurait convenu à cette demande.`,
    override: (day) =>
      `Le ${day}, une personne a remis à une autre famille, sans suivre la file, un appareil qui aurait convenu à cette demande.`,
    because: (reason) => `Sa raison : « ${reason} »`,
    erased: 'Sa raison n’est plus conservée.',
  },
  en: {
    placement: (day) =>
      `On ${day} a person set aside for another family, further down the queue, a device that would have suited this request.`,
    override: (day) => `On ${day} a person handed to another family, out of turn, a device that would have suited this request.`,
    because: (reason) => `The reason given: “${reason}”`,
    erased: 'The reason is no longer kept.',
  },
};

/** A decision in plain words: the day, what was done, and why; never for whom. */
export function decisionSentence({ kind, at, reason }: LineDecision, language: TextLanguage, timeZone: string): string {
  const words = WORDS[language];
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
  return `${words[kind](day)} ${reason === null ? words.erased : words.because(reason)}`;
}

import type { TextLanguage } from '../../../shared/language.js';

/** The kinds of decisions by which a person gives a device to somebody else than the first line that it could serve. */
export const QUEUE_BYPASS_KINDS = ['placement', 'override'] as const;
export type QueueBypassKind = (typeof QUEUE_BYPASS_KINDS)[number];

/** A decision of a person that passed a line over. `reason` is null once it has been erased. */
export interface LineDecision {
  readonly kind: QueueBypassKind;
  readonly at: Date;
  readonly reason: string | null;
}

interface DecisionWords extends Readonly<Record<QueueBypassKind, (day: string) => string>> {
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
  ar: {
    placement: (day) => `في ${day} خصّص أحد المسؤولين لعائلة أخرى، ترتيبها بعد هذا الطلب، جهازا كان يناسب هذا الطلب.`,
    override: (day) => `في ${day} سلّم أحد المسؤولين لعائلة أخرى، خارج الترتيب، جهازا كان يناسب هذا الطلب.`,
    because: (reason) => `السبب المذكور: «${reason}»`,
    erased: 'لم يعد السبب محفوظا.',
  },
  tr: {
    placement: (day) =>
      `${day} tarihinde bir görevli, bu başvuruya uygun olabilecek bir cihazı sırada daha geride olan başka bir aileye ayırdı.`,
    override: (day) =>
      `${day} tarihinde bir görevli, bu başvuruya uygun olabilecek bir cihazı sıra dışı olarak başka bir aileye teslim etti.`,
    because: (reason) => `Verilen neden: “${reason}”`,
    erased: 'Neden artık saklanmıyor.',
  },
  pt: {
    placement: (day) =>
      `A ${day}, uma pessoa reservou para outra família, mais atrás na fila, um aparelho que teria servido a este pedido.`,
    override: (day) => `A ${day}, uma pessoa entregou a outra família, fora da ordem, um aparelho que teria servido a este pedido.`,
    because: (reason) => `A razão indicada: «${reason}»`,
    erased: 'A razão já não é conservada.',
  },
  uk: {
    placement: (day) => `${day} працівник відклав для іншої родини, яка далі в черзі, пристрій, що підійшов би для цього запиту.`,
    override: (day) => `${day} працівник видав іншій родині поза чергою пристрій, що підійшов би для цього запиту.`,
    because: (reason) => `Названа причина: «${reason}»`,
    erased: 'Причина більше не зберігається.',
  },
  ro: {
    placement: (day) =>
      `La ${day}, o persoană a rezervat pentru altă familie, aflată mai în urmă pe listă, un aparat care s-ar fi potrivit acestei cereri.`,
    override: (day) => `La ${day}, o persoană a predat altei familii, peste rând, un aparat care s-ar fi potrivit acestei cereri.`,
    because: (reason) => `Motivul dat: „${reason}”`,
    erased: 'Motivul nu se mai păstrează.',
  },
  es: {
    placement: (day) =>
      `El ${day}, una persona reservó para otra familia, situada más atrás en la cola, un aparato que habría servido a esta solicitud.`,
    override: (day) => `El ${day}, una persona entregó a otra familia, fuera de turno, un aparato que habría servido a esta solicitud.`,
    because: (reason) => `La razón dada: «${reason}»`,
    erased: 'La razón ya no se conserva.',
  },
};

/** A decision in plain words: the day, what was done, and why. It never says who got the device. */
export function decisionSentence({ kind, at, reason }: LineDecision, language: TextLanguage, timeZone: string): string {
  const words = WORDS[language];
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
  return `${words[kind](day)} ${reason === null ? words.erased : words.because(reason)}`;
}

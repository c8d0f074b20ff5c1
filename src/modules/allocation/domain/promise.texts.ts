import type { TextLanguage } from '../../../shared/language.js';
import type { PromiseRefusal } from '../../../shared/promise.js';

type PromiseWords = Readonly<Record<PromiseRefusal | 'DEVICE_NOT_AVAILABLE', string>>;

/** Why nothing can be promised to a family at present, or why a promise was taken back, in words for the family. */
export const PROMISE_WORDS: Readonly<Record<TextLanguage, PromiseWords>> = {
  fr: {
    DEVICE_NOT_AVAILABLE: 'L’appareil n’est plus disponible.',
    CATEGORY_NOT_ACCEPTABLE: 'L’appareil n’est pas d’un type que la famille a demandé.',
    FUND_NOT_ELIGIBLE: 'Le financement de l’appareil ne couvre pas, ou ne couvre plus, les élèves de cette demande.',
    LINE_HAS_NO_LEARNER: 'Les élèves pour qui l’appareil était demandé ne font plus partie du foyer.',
    HOUSEHOLD_LIMIT_REACHED: 'Le foyer a déjà autant d’appareils de ce genre que le règlement le permet.',
    HOUSEHOLD_HAS_OVERDUE_LOAN: 'Un prêt du foyer est en retard : il faut d’abord rendre l’appareil ou prolonger le prêt.',
  },
  en: {
    DEVICE_NOT_AVAILABLE: 'The device is not available any more.',
    CATEGORY_NOT_ACCEPTABLE: 'The device is not of a kind that the family asked for.',
    FUND_NOT_ELIGIBLE: 'What paid for the device is not, or no longer, for the pupils of this request.',
    LINE_HAS_NO_LEARNER: 'The pupils for whom the device was asked are no longer of the household.',
    HOUSEHOLD_LIMIT_REACHED: 'The household already has as many devices of this kind as the rules allow.',
    HOUSEHOLD_HAS_OVERDUE_LOAN: 'A loan of the household is overdue: the device has to be returned first, or the loan renewed.',
  },
  ar: {
    DEVICE_NOT_AVAILABLE: 'لم يعد الجهاز متاحا.',
    CATEGORY_NOT_ACCEPTABLE: 'الجهاز ليس من نوع طلبته العائلة.',
    FUND_NOT_ELIGIBLE: 'التمويل الذي اشتُري به الجهاز لا يشمل، أو لم يعد يشمل، تلاميذ هذا الطلب.',
    LINE_HAS_NO_LEARNER: 'التلاميذ الذين طُلب الجهاز من أجلهم لم يعودوا من أفراد العائلة.',
    HOUSEHOLD_LIMIT_REACHED: 'لدى العائلة من هذا النوع من الأجهزة أقصى عدد تسمح به القواعد.',
    HOUSEHOLD_HAS_OVERDUE_LOAN: 'تأخرت العائلة في إعادة جهاز معار: يجب أولا إرجاعه أو تمديد الإعارة.',
  },
  tr: {
    DEVICE_NOT_AVAILABLE: 'Cihaz artık kullanılamıyor.',
    CATEGORY_NOT_ACCEPTABLE: 'Cihaz, ailenin istediği türden değil.',
    FUND_NOT_ELIGIBLE: 'Cihazın parasını karşılayan kaynak bu başvurudaki öğrencileri kapsamıyor veya artık kapsamıyor.',
    LINE_HAS_NO_LEARNER: 'Cihazın istendiği öğrenciler artık bu hanede değil.',
    HOUSEHOLD_LIMIT_REACHED: 'Hanede bu türden, kuralların izin verdiği kadar cihaz zaten var.',
    HOUSEHOLD_HAS_OVERDUE_LOAN: 'Hanenin süresi geçmiş bir ödüncü var: önce cihaz geri verilmeli veya süre uzatılmalı.',
  },
  pt: {
    DEVICE_NOT_AVAILABLE: 'O aparelho já não está disponível.',
    CATEGORY_NOT_ACCEPTABLE: 'O aparelho não é de um tipo que a família tenha pedido.',
    FUND_NOT_ELIGIBLE: 'O financiamento do aparelho não abrange, ou já não abrange, os alunos deste pedido.',
    LINE_HAS_NO_LEARNER: 'Os alunos para quem o aparelho foi pedido já não fazem parte do agregado.',
    HOUSEHOLD_LIMIT_REACHED: 'O agregado já tem tantos aparelhos deste género quantos o regulamento permite.',
    HOUSEHOLD_HAS_OVERDUE_LOAN: 'Um empréstimo do agregado está em atraso: é preciso primeiro devolver o aparelho ou renovar o empréstimo.',
  },
  uk: {
    DEVICE_NOT_AVAILABLE: 'Пристрій більше не доступний.',
    CATEGORY_NOT_ACCEPTABLE: 'Пристрій не того виду, який просила родина.',
    FUND_NOT_ELIGIBLE: 'Кошти, на які куплено пристрій, не призначені або вже не призначені для учнів із цього запиту.',
    LINE_HAS_NO_LEARNER: 'Учні, для яких просили пристрій, більше не належать до цієї родини.',
    HOUSEHOLD_LIMIT_REACHED: 'Родина вже має стільки пристроїв цього виду, скільки дозволяють правила.',
    HOUSEHOLD_HAS_OVERDUE_LOAN: 'Родина має прострочену позику: спершу треба повернути пристрій або продовжити строк.',
  },
  ro: {
    DEVICE_NOT_AVAILABLE: 'Dispozitivul nu mai este disponibil.',
    CATEGORY_NOT_ACCEPTABLE: 'Dispozitivul nu este de un fel cerut de familie.',
    FUND_NOT_ELIGIBLE: 'Finanțarea dispozitivului nu îi privește, sau nu îi mai privește, pe elevii acestei cereri.',
    LINE_HAS_NO_LEARNER: 'Elevii pentru care s-a cerut dispozitivul nu mai fac parte din familie.',
    HOUSEHOLD_LIMIT_REACHED: 'Familia are deja câte dispozitive de acest fel permite regulamentul.',
    HOUSEHOLD_HAS_OVERDUE_LOAN:
      'Familia are un împrumut cu termenul depășit: mai întâi dispozitivul trebuie returnat sau împrumutul prelungit.',
  },
  es: {
    DEVICE_NOT_AVAILABLE: 'El aparato ya no está disponible.',
    CATEGORY_NOT_ACCEPTABLE: 'El aparato no es de un tipo que la familia haya pedido.',
    FUND_NOT_ELIGIBLE: 'La financiación del aparato no es, o ya no es, para el alumnado de esta solicitud.',
    LINE_HAS_NO_LEARNER: 'El alumnado para quien se pidió el aparato ya no forma parte del hogar.',
    HOUSEHOLD_LIMIT_REACHED: 'El hogar ya tiene tantos aparatos de este tipo como permiten las normas.',
    HOUSEHOLD_HAS_OVERDUE_LOAN: 'El hogar tiene un préstamo atrasado: antes hay que devolver el aparato o renovar el préstamo.',
  },
};

/** The sentences that tell a family why its offer was taken back. */
export function withdrawalSentence(codes: readonly (keyof PromiseWords)[], language: TextLanguage): string {
  return codes.map((code) => PROMISE_WORDS[language][code]).join(' ');
}

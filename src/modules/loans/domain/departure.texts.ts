import type { TextLanguage } from '../../../shared/language.js';

/** The reason of a recall when the learner leaves for whom the loan was made; it is shown in the loan's history and in the audit trail. */
export const DEPARTURE_WORDS: Readonly<Record<TextLanguage, string>> = {
  fr: 'L’élève pour qui l’appareil a été prêté ne fait plus partie du foyer',
  en: 'The pupil for whom the device was lent is no longer of the household',
  ar: 'التلميذ الذي أُعير الجهاز من أجله لم يعد من أفراد العائلة',
  tr: 'Cihazın ödünç verildiği öğrenci artık bu hanede değil',
  pt: 'O aluno para quem o aparelho foi emprestado já não faz parte do agregado',
  uk: 'Учень, для якого позичено пристрій, більше не належить до цієї родини',
  ro: 'Elevul pentru care s-a împrumutat dispozitivul nu mai face parte din familie',
  es: 'El alumno o la alumna para quien se prestó el aparato ya no forma parte del hogar',
};

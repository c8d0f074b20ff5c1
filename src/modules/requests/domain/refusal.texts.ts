import type { TextLanguage } from '../../../shared/language.js';

/** What the sentences read of a refused line. */
export interface RefusedLine {
  /** The reason of whoever refused it, or decided the appeal; null when it was erased. */
  readonly reason: string | null;
  readonly appealedAt: Date | null;
  readonly appealDecidedAt: Date | null;
}

interface RefusalWords {
  readonly refused: (reason: string | null) => string;
  readonly appeal: string;
  readonly pending: string;
  readonly dismissed: string;
}

const WORDS: Readonly<Record<TextLanguage, RefusalWords>> = {
  fr: {
    refused: (reason) => `Cette demande a été refusée${reason === null ? '.' : `. La raison : « ${reason} »`}`,
    appeal: 'Vous pouvez contester ce refus auprès de l’école ou de la collectivité : un responsable revoit la demande et vous répond.',
    pending: 'Le refus a été contesté : un responsable l’examine.',
    dismissed: 'Le refus a été contesté ; un responsable l’a réexaminé et maintenu.',
  },
  en: {
    refused: (reason) => `This request was refused${reason === null ? '.' : `. The reason: “${reason}”`}`,
    appeal: 'You may appeal to the school or to the council: a manager looks at the request again and answers you.',
    pending: 'An appeal was made: a manager is looking at it.',
    dismissed: 'An appeal was made; a manager looked at it again and upheld the refusal.',
  },
  ar: {
    refused: (reason) => `رُفض هذا الطلب${reason === null ? '.' : `. السبب: «${reason}»`}`,
    appeal: 'يمكنكم الاعتراض على الرفض لدى المدرسة أو الجهة المسؤولة: يعيد مسؤول النظر في الطلب ويجيبكم.',
    pending: 'قُدّم اعتراض على الرفض، وينظر فيه أحد المسؤولين.',
    dismissed: 'قُدّم اعتراض على الرفض، وأعاد أحد المسؤولين النظر فيه وأبقى عليه.',
  },
  tr: {
    refused: (reason) => `Bu başvuru reddedildi${reason === null ? '.' : `. Nedeni: “${reason}”`}`,
    appeal: 'Okula veya kuruma itiraz edebilirsiniz: bir yetkili başvuruya yeniden bakar ve size yanıt verir.',
    pending: 'Ret kararına itiraz edildi: bir yetkili inceliyor.',
    dismissed: 'Ret kararına itiraz edildi; bir yetkili yeniden inceledi ve kararı değiştirmedi.',
  },
  pt: {
    refused: (reason) => `Este pedido foi recusado${reason === null ? '.' : `. A razão: «${reason}»`}`,
    appeal: 'Pode contestar esta recusa junto da escola ou da autarquia: um responsável revê o pedido e responde-lhe.',
    pending: 'A recusa foi contestada: um responsável está a analisá-la.',
    dismissed: 'A recusa foi contestada; um responsável reviu-a e manteve-a.',
  },
  uk: {
    refused: (reason) => `У цьому запиті відмовлено${reason === null ? '.' : `. Причина: «${reason}»`}`,
    appeal: 'Відмову можна оскаржити в школі або в громаді: відповідальна особа перегляне запит і відповість вам.',
    pending: 'Відмову оскаржено: відповідальна особа розглядає скаргу.',
    dismissed: 'Відмову оскаржено; відповідальна особа переглянула її та залишила чинною.',
  },
  ro: {
    refused: (reason) => `Această cerere a fost refuzată${reason === null ? '.' : `. Motivul: „${reason}”`}`,
    appeal: 'Puteți contesta refuzul la școală sau la autoritatea locală: o persoană responsabilă revede cererea și vă răspunde.',
    pending: 'Refuzul a fost contestat: o persoană responsabilă îl analizează.',
    dismissed: 'Refuzul a fost contestat; o persoană responsabilă l-a revăzut și l-a menținut.',
  },
  es: {
    refused: (reason) => `Esta solicitud fue denegada${reason === null ? '.' : `. La razón: «${reason}»`}`,
    appeal:
      'Puede recurrir la denegación ante el centro o la administración local: una persona responsable revisa la solicitud y le responde.',
    pending: 'Se ha recurrido la denegación: una persona responsable la está revisando.',
    dismissed: 'Se recurrió la denegación; una persona responsable la revisó y la mantuvo.',
  },
};

/** Returns sentences that say why a line was refused, and how to appeal or what became of the appeal. */
export function refusalSentences({ reason, appealedAt, appealDecidedAt }: RefusedLine, language: TextLanguage): string[] {
  const words = WORDS[language];
  const appeal = appealedAt === null ? words.appeal : appealDecidedAt === null ? words.pending : words.dismissed;
  return [words.refused(reason), appeal];
}

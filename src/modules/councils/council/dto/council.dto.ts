import { Field, PhoneField, VersionedView } from '../../../../platform/http/index.js';
import { type Day, isTimeZone } from '../../../../shared/day.js';
import { isLanguageTag } from '../../../../shared/language.js';
import type { ClosedDays, Council } from '../councils.repository.js';

const timeZone = { max: 64, about: 'IANA', example: 'Europe/Paris' } as const;
const languages = {
  min: 1,
  max: 30,
  maxLength: 35,
  about: 'in which families are written to, first choice first',
  example: ['fr', 'ar', 'en'],
} as const;
const scale = { about: 'anybody may read how requests are ranked', example: false } as const;
const streams = { about: 'live lessons at once over a router or SIM that is lent', example: 1 } as const;
const toFamilies = {
  about: 'families sign in, and see their own file; while it is off, no session of theirs counts',
  example: false,
} as const;
const phone = {
  nullable: true,
  example: '+33139334455',
  about: 'in E.164: which number families call where a site has none of its own; null: messages name none',
} as const;
const atOnce = { about: 'a request that a free device can serve is offered it without waiting for a round', example: false } as const;

/** What may change of a council; whatever is left out stays. */
export class CouncilChanges {
  @Field.text({ optional: true, example: 'Ville de Gonesse' })
  name?: string;

  @Field.shaped('isTimeZone', isTimeZone, 'must be a time zone such as Europe/Paris', { optional: true, ...timeZone })
  timeZone?: string;

  @Field.shaped('isLanguage', isLanguageTag, 'must be a language tag such as fr', {
    optional: true,
    max: 35,
    example: 'fr',
    about: 'language tag (BCP 47) of texts for which nobody asked for another language',
  })
  locale?: string;

  @Field.texts({ optional: true, ...languages })
  languages?: string[];

  @Field.boolean({ optional: true, ...scale })
  publicPriorityScale?: boolean;

  @Field.boolean({ optional: true, ...atOnce })
  proposeAtOnce?: boolean;

  @Field.integer({ optional: true, min: 1, max: 20, ...streams })
  lentConnectionStreams?: number;

  @Field.boolean({ optional: true, ...toFamilies })
  openToFamilies?: boolean;

  @PhoneField({ optional: true, ...phone })
  phone?: string | null;
}

export class CouncilView extends VersionedView {
  @Field.text({ about: 'never changes', example: 'gonesse' })
  code: string;

  @Field.text({ example: 'Ville de Gonesse' })
  name: string;

  @Field.text(timeZone)
  timeZone: string;

  @Field.text({ example: 'fr', about: 'language tag (BCP 47) of texts for which nobody asked for another language' })
  locale: string;

  @Field.texts(languages)
  languages: string[];

  @Field.boolean(scale)
  publicPriorityScale: boolean;

  @Field.boolean(atOnce)
  proposeAtOnce: boolean;

  @Field.integer({ min: 1, max: 20, ...streams })
  lentConnectionStreams: number;

  @Field.boolean(toFamilies)
  openToFamilies: boolean;

  @Field.text(phone)
  phone: string | null;

  static of(council: Council): CouncilView {
    const { code, name, timeZone, locale, languages, publicPriorityScale, proposeAtOnce, lentConnectionStreams, openToFamilies, phone } =
      council;
    return {
      ...VersionedView.parts(council),
      code,
      name,
      timeZone,
      locale,
      languages: [...languages],
      publicPriorityScale,
      proposeAtOnce,
      lentConnectionStreams,
      openToFamilies,
      phone,
    };
  }
}

export class ClosedDaysBody {
  @Field.days({ max: 2000, about: 'beyond Saturdays and Sundays', example: ['2026-11-11', '2026-12-25'] })
  days: Day[];
}

export class ClosedDaysView {
  @Field.days({ max: 2000, about: 'in their order, each once', example: ['2026-11-11', '2026-12-25'] })
  days: Day[];

  @Field.integer({ min: 1, nullable: true, example: 1, about: 'the ETag names it; null before the first PUT' })
  version: number | null;

  @Field.instant({ nullable: true })
  updatedAt: string | null;

  static of({ days, version, updatedAt }: ClosedDays): ClosedDaysView {
    return { days: [...days], version, updatedAt: updatedAt?.toISOString() ?? null };
  }
}

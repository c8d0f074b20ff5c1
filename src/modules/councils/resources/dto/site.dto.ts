import { PartialType } from '@nestjs/swagger';
import {
  Example,
  Field,
  FrenchPostalCode,
  orNull,
  PageQuery,
  Parameter,
  PhoneField,
  VersionedView,
} from '../../../../platform/http/index.js';
import { type Directions, directionsOf } from '../../domain/directions.rules.js';
import type { OpeningHours, Site, SiteAddress } from '../entities/site.entity.js';

const isCountry = (text: string) => /^[A-Z]{2}$/.test(text);
const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const aTime = 'must be a time of day such as 08:30';
const servedSchools = {
  max: 2000,
  about: 'schools whose families its devices may go to, beside those who chose the site; null: every school',
  example: null,
} as const;

const directions = { ...orNull, max: 2000, example: 'Bus 11, arrêt Mairie. Entrée par la cour.' } as const;
const way = { about: 'how one gets there, in each language that is given; null: nobody has said' } as const;
const sitePhone = {
  example: '+33139334455',
  about: 'in E.164: which number families call about what is there; null: that of the council',
} as const;

export class SiteAddressBody {
  @Field.text({ example: '1 rue de la Paix' })
  line1: string;

  @Field.text({ ...orNull, example: null })
  line2?: string | null;

  @FrenchPostalCode()
  @Field.text({ max: 20, about: 'in France, a zero in front that a spreadsheet took away comes back', example: '95500' })
  postalCode: string;

  @Field.text({ example: 'Gonesse' })
  city: string;

  @Field.shaped('isCountry', isCountry, 'must be two capital letters (ISO 3166-1)', { max: 2, example: 'FR' })
  country: string;
}

export class OpeningHoursBody {
  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @Field.shaped('isTime', isTime, aTime, { max: 5, about: "in the council's time zone", example: '08:30' })
  from: string;

  @Field.shaped('isTime', isTime, aTime, { max: 5, example: '12:00', about: 'in the council’s time zone' })
  to: string;
}

/** How one gets to a site: plain text, with empty lines between paragraphs. */
export class DirectionsBody {
  @Field.text({ ...directions, about: 'in French' })
  fr?: string | null;

  @Field.text({ ...directions, about: 'in English' })
  en?: string | null;

  @Field.text({ ...directions, about: 'in Arabic' })
  ar?: string | null;

  @Field.text({ ...directions, about: 'in Turkish' })
  tr?: string | null;

  @Field.text({ ...directions, about: 'in Portuguese' })
  pt?: string | null;

  @Field.text({ ...directions, about: 'in Ukrainian' })
  uk?: string | null;

  @Field.text({ ...directions, about: 'in Romanian' })
  ro?: string | null;

  @Field.text({ ...directions, about: 'in Spanish' })
  es?: string | null;
}

@Example({
  name: 'Collège Jean Moulin, vie scolaire',
  address: { line1: '1 rue de la Paix', postalCode: '95500', city: 'Gonesse', country: 'FR' },
  openingHours: [{ weekday: 1, from: '08:30', to: '12:00' }],
})
export class SiteBody {
  @Field.text({ example: 'Collège Jean Moulin, vie scolaire' })
  name: string;

  @Field.uuid({ ...orNull, about: 'the school where it is' })
  schoolId?: string | null;

  @Field.nested(() => SiteAddressBody)
  address: SiteAddressBody;

  @Field.nestedList(() => OpeningHoursBody, { ...orNull, max: 50, about: 'of every week; null: not known' })
  openingHours?: OpeningHoursBody[] | null;

  @PhoneField({ ...orNull, ...sitePhone })
  phone?: string | null;

  @Field.nested(() => DirectionsBody, { ...orNull, ...way })
  directions?: DirectionsBody | null;

  @Field.uuids({ ...orNull, min: 1, ...servedSchools })
  servedSchoolIds?: string[] | null;
}

export class SiteChanges extends PartialType(SiteBody, { skipNullProperties: false }) {}

export class SitesQuery extends PageQuery {
  @Parameter.uuid({ about: 'only sites at this school' })
  schoolId?: string;
}

export class SiteAddressView {
  @Field.text({ example: '1 rue de la Paix' })
  line1: string;

  @Field.text({ nullable: true, example: null })
  line2: string | null;

  @Field.text({ example: '95500' })
  postalCode: string;

  @Field.text({ example: 'Gonesse' })
  city: string;

  @Field.text({ example: 'FR' })
  country: string;
}

export class SiteView extends VersionedView {
  @Field.text({ example: 'Collège Jean Moulin, vie scolaire' })
  name: string;

  @Field.uuid({ nullable: true, about: 'the school where it is; null: at none' })
  schoolId: string | null;

  @Field.nested(() => SiteAddressView)
  address: SiteAddressView;

  @Field.nestedList(() => OpeningHoursBody, { nullable: true, about: 'of every week; null: not known' })
  openingHours: OpeningHoursBody[] | null;

  @Field.text({ nullable: true, ...sitePhone })
  phone: string | null;

  @Field.nested(() => DirectionsBody, { nullable: true, ...way })
  directions: DirectionsBody | null;

  @Field.uuids({ nullable: true, ...servedSchools })
  servedSchoolIds: string[] | null;

  static of(site: Site): SiteView {
    const { name, schoolId, address, openingHours, phone, directions, servedSchoolIds } = site;
    return {
      ...VersionedView.parts(site),
      name,
      schoolId,
      address,
      openingHours: openingHours && [...openingHours],
      phone,
      directions: directions && { ...directions },
      servedSchoolIds: servedSchoolIds && [...servedSchoolIds],
    };
  }
}

/** Plain values, as they are stored. */
export function addressOf({ line1, line2 = null, postalCode, city, country }: SiteAddressBody): SiteAddress {
  return { line1, line2, postalCode, city, country };
}

/** Plain values, as they are stored. */
export function openingHoursOf(week: readonly OpeningHoursBody[]): OpeningHours[] {
  return week.map(({ weekday, from, to }) => ({ weekday, from, to }));
}

/** Plain values, as they are stored; null when nothing is said in any language. */
export function wayOf(texts: DirectionsBody): Directions | null {
  return directionsOf({ ...texts });
}

import { Field } from '../../../../platform/http/index.js';
import { DirectionsBody, OpeningHoursBody, SiteAddressView } from '../../../councils/http.js';
import type { HouseholdSite } from '../household-sites.repository.js';

export class HouseholdSiteView {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'Collège Jean Moulin, vie scolaire' })
  name: string;

  @Field.nested(() => SiteAddressView)
  address: SiteAddressView;

  @Field.nestedList(() => OpeningHoursBody, { nullable: true, max: 50, about: 'of every week; null: not known' })
  openingHours: OpeningHoursBody[] | null;

  @Field.text({ nullable: true, example: '+33139334455', about: 'in E.164: the number to call, of the site or else of the council' })
  phone: string | null;

  @Field.nested(() => DirectionsBody, {
    nullable: true,
    about: 'how one gets there, in each language that is given; null: nobody has said',
  })
  directions: DirectionsBody | null;

  static of({ id, name, address, openingHours, phone, directions }: HouseholdSite): HouseholdSiteView {
    return { id, name, address, openingHours, phone, directions: directions && { ...directions } };
  }
}

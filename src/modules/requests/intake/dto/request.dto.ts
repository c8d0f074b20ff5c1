import { PartialType, PickType } from '@nestjs/swagger';
import { Example, Field, orNull, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { DEVICE_CATEGORIES, type DeviceCategory, type DeviceClass } from '../../../../shared/vocabulary.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, type HouseholdCardView } from '../../../households/http.js';
import { type LineWish, MOST_LINES, REQUEST_CHANNELS, type RequestChannel } from '../../domain/request.rules.js';
import type { RequestWithLines } from '../requests.service.js';
import { CLASSES, PICKUP_SITE, QueueQuery, RequestLineView } from '../../lines/dto/request-line.dto.js';

export class LineWishBody implements LineWish {
  @Field.oneOf(CLASSES, { example: 'computer' })
  class: DeviceClass;

  @Field.uuids({ min: 1, max: 20, about: 'for whom, of this household' })
  learnerIds: string[];

  @Field.manyOf(DEVICE_CATEGORIES, { min: 1, max: 10, about: 'of the class, the most wanted first', example: ['laptop', 'tablet'] })
  acceptableCategories: DeviceCategory[];
}

@Example({
  householdId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10',
  channel: 'desk',
  submit: true,
  lines: [{ class: 'computer', learnerIds: ['0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e11'], acceptableCategories: ['laptop', 'tablet'] }],
})
export class RequestBody {
  @Field.uuid()
  householdId: string;

  @Field.oneOf(REQUEST_CHANNELS, { example: 'desk', about: 'by which the family asked' })
  channel: RequestChannel;

  @Field.text({ max: 2000, ...orNull, about: 'in the family’s own words' })
  statement?: string | null;

  @Field.uuid({ ...orNull, about: PICKUP_SITE })
  pickupSiteId?: string | null;

  @Field.boolean({ optional: true, example: true, about: 'submits at once; false when left out' })
  submit?: boolean;

  @Field.nestedList(() => LineWishBody, { min: 1, max: MOST_LINES, about: 'one for each class of device that is asked for' })
  lines: LineWishBody[];
}

export class RequestChanges extends PartialType(PickType(RequestBody, ['channel', 'statement', 'pickupSiteId', 'lines']), {
  skipNullProperties: false,
}) {}

export class RequestsQuery extends QueueQuery {
  @Parameter.uuid()
  householdId?: string;
}

export class RequestView extends VersionedView {
  @Field.uuid()
  householdId: string;

  @Field.oneOf(REQUEST_CHANNELS, { example: 'desk', about: 'by which the family asked' })
  channel: RequestChannel;

  @Field.text({ max: 2000, nullable: true, about: 'in the family’s own words; null: none, or erased' })
  statement: string | null;

  @Field.uuid({ nullable: true, about: PICKUP_SITE })
  pickupSiteId: string | null;

  @Field.instant({ nullable: true })
  submittedAt: string | null;

  @Field.nestedList(() => RequestLineView, { about: 'one for each class of device that is asked for' })
  lines: RequestLineView[];

  static of(request: RequestWithLines): RequestView {
    const { householdId, channel, statement, pickupSiteId, submittedAt, lines } = request;
    return {
      ...VersionedView.parts(request),
      householdId,
      channel,
      statement,
      pickupSiteId,
      submittedAt: submittedAt?.toISOString() ?? null,
      lines: lines.map((line) => RequestLineView.of(line)),
    };
  }
}

/** A request as lists show it. */
export class ListedRequestView extends RequestView {
  @HouseholdCardField()
  household: HouseholdCardView | null;

  static override of(request: RequestWithLines & WithHousehold): ListedRequestView {
    return Object.assign(RequestView.of(request), { household: request.household });
  }
}

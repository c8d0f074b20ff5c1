import { ValidateBy } from 'class-validator';
import { Example, Field, orNull } from '../../../../platform/http/index.js';
import { hasForbiddenCharacters } from '../../../../shared/plain-text.js';
import { DEVICE_CONDITIONS, type DeviceCondition } from '../../../../shared/vocabulary.js';
import type { MovedDevice } from '../../../inventory/index.js';
import type { ItemToReturn, ReturnDetails } from '../return.service.js';

/** A list of texts is not looked at for what PostgreSQL can't store. */
const eachPlainText = ValidateBy(
  {
    name: 'isPlainText',
    validator: {
      validate: (value) => typeof value !== 'string' || !hasForbiddenCharacters(value),
      defaultMessage: () => 'must not contain control characters',
    },
  },
  { each: true },
);

abstract class ReturnDetailsBody {
  @Field.oneOf(DEVICE_CONDITIONS, { example: 'worn' })
  conditionIn: DeviceCondition;

  @eachPlainText
  @Field.texts({ max: 20, ...orNull, example: ['charger'] })
  missingAccessories?: string[] | null;

  @Field.text({ max: 2000, ...orNull, example: 'One key is stuck', about: 'about the device: nothing about a family; null: none' })
  note?: string | null;
}

export class ReturnedItemBody extends ReturnDetailsBody {
  @Field.uuid({ ...orNull, about: 'or assetTag' })
  itemId?: string | null;

  @Field.text({ max: 100, ...orNull, example: 'LT-0001', about: 'or itemId' })
  assetTag?: string | null;

  static toItem({ itemId, assetTag, ...body }: ReturnedItemBody): ItemToReturn {
    return { itemId: itemId ?? null, assetTag: assetTag ?? null, ...returnDetails(body) };
  }
}

@Example({ items: [{ assetTag: 'LT-0001', conditionIn: 'worn' }], siteId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e12' })
export class ReturnsBody {
  @Field.nestedList(() => ReturnedItemBody, { min: 1, max: 100, about: 'what came back' })
  items: ReturnedItemBody[];

  @Field.uuid({ about: 'the desk; the devices are there from now on' })
  siteId: string;
}

/** The desk's form: the loan is found by the tag. */
export class ReturnByTagBody extends ReturnDetailsBody {
  @Field.text({ max: 100, example: 'LT-0001' })
  assetTag: string;

  @Field.uuid({ about: 'the desk; the device is there from now on' })
  siteId: string;
}

/** A device that was missing from the stock, on no loan, and has turned up. */
export class RecoveredDeviceView {
  @Field.uuid()
  deviceId: string;

  @Field.text({ example: 'inspection' })
  status: string;

  @Field.uuid({ about: 'where it is now' })
  siteId: string;

  static of({ id, to, siteId }: Pick<MovedDevice, 'id' | 'to' | 'siteId'>): RecoveredDeviceView {
    return { deviceId: id, status: to, siteId };
  }
}

export function returnDetails({ conditionIn, missingAccessories, note }: ReturnDetailsBody): ReturnDetails {
  const missing = missingAccessories && missingAccessories.length > 0 ? missingAccessories : undefined;
  return { conditionIn, missingAccessories: missing, note: note ?? null };
}

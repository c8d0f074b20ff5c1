import { PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Example, Field, orNull, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { saysNothing } from '../../../../shared/key-text.js';
import { normaliseIccid, normaliseImei } from '../../../../shared/luhn.js';
import { states } from '../../../../shared/machine.js';
import { DEVICE_CATEGORIES, DEVICE_CONDITIONS, type DeviceCategory, type DeviceCondition } from '../../../../shared/vocabulary.js';
import type { Device } from '../devices.repository.js';
import type { WrittenDevice } from '../devices.service.js';
import { deviceMachine, type DeviceStatus } from '../../domain/device.machine.js';

const DEVICE_STATUSES = states(deviceMachine);

const normalised = (normalise: (text: string) => string | null) =>
  Transform(({ value }: { value: unknown }) => {
    if (typeof value !== 'string') return value;
    return value.trim() !== '' && saysNothing(value) ? null : (normalise(value) ?? value);
  });

@Example({
  assetTag: 'LT-0001',
  serialNumber: 'SN123',
  modelId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10',
  siteId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e12',
  condition: 'new',
  accessories: ['Chargeur'],
  acquiredOn: '2026-09-01',
})
export class DeviceBody {
  @Field.key({ example: 'LT-0001', about: 'unique in the council, whatever its case; shown as written' })
  assetTag: string;

  @Field.key({ ...orNull, example: 'SN123', about: 'unique in the council, whatever its case; words for nothing such as n/a are none' })
  serialNumber?: string | null;

  @Field.uuid()
  modelId: string;

  @Field.uuid({ about: 'where it is; later only the move `send` changes it' })
  siteId: string;

  @Field.uuid({ ...orNull, about: 'who paid for it, and so which pupils may have it' })
  fundId?: string | null;

  @Field.oneOf(DEVICE_CONDITIONS, { example: 'new' })
  condition: DeviceCondition;

  @normalised(normaliseImei)
  @Field.shaped('isImei', (text) => normaliseImei(text) !== null, 'must be an IMEI: 15 digits, the last one their check digit', {
    ...orNull,
    max: 40,
    example: '490154203237518',
  })
  imei?: string | null;

  @normalised(normaliseIccid)
  @Field.shaped(
    'isIccid',
    (text) => normaliseIccid(text) !== null,
    'must be an ICCID: 19 or 20 digits that begin with 89, the last one their check digit',
    {
      ...orNull,
      max: 40,
      example: '8933150319050000005',
    },
  )
  iccid?: string | null;

  @Field.texts({ max: 20, maxLength: 100, optional: true, about: 'what belongs to it and has no tag of its own', example: ['Chargeur'] })
  accessories?: string[];

  @Field.day({ ...orNull, example: '2026-09-01' })
  acquiredOn?: string | null;

  @Field.integer({ ...orNull, example: 32000 })
  purchaseCostCents?: number | null;

  @Field.text({ ...orNull, max: 2000, example: 'US keyboard', about: 'about the device: nothing about a family' })
  notes?: string | null;
}

export class DeviceChanges extends PartialType(DeviceBody, { skipNullProperties: false }) {}

export class DevicesQuery extends PageQuery {
  @Parameter.oneOf(DEVICE_STATUSES)
  status?: DeviceStatus;

  @Parameter.oneOf(DEVICE_CATEGORIES)
  category?: DeviceCategory;

  @Parameter.uuid()
  siteId?: string;

  @Parameter.uuid()
  fundId?: string;

  @Parameter.search({
    about:
      'words of tag, serial number, IMEI, ICCID, manufacturer and model, each found inside words too; one of three characters at least',
  })
  q?: string;
}

export class DeviceLookup {
  @Field.text({ example: 'LT-0001', about: 'an asset tag, whatever its case; else a serial number; else an IMEI; else an ICCID' })
  tag: string;
}

export class DeviceView extends VersionedView {
  @Field.text({ example: 'LT-0001' })
  assetTag: string;

  @Field.text({ nullable: true, example: 'SN123' })
  serialNumber: string | null;

  @Field.text({ nullable: true, example: '490154203237518' })
  imei: string | null;

  @Field.text({ nullable: true, example: '8933150319050000005' })
  iccid: string | null;

  @Field.uuid()
  modelId: string;

  @Field.oneOf(DEVICE_CATEGORIES, { example: 'laptop', about: 'the model’s' })
  category: DeviceCategory;

  @Field.oneOf(DEVICE_STATUSES, { example: 'available' })
  status: DeviceStatus;

  @Field.oneOf(DEVICE_CONDITIONS, { example: 'new' })
  condition: DeviceCondition;

  @Field.uuid({ about: 'where it is, or, in transit, where it goes' })
  siteId: string;

  @Field.uuid({ nullable: true })
  fundId: string | null;

  @Field.texts({ max: 20, maxLength: 100, about: 'what belongs to it and has no tag of its own', example: ['Chargeur'] })
  accessories: readonly string[];

  @Field.day({ nullable: true, example: '2026-09-01' })
  acquiredOn: string | null;

  @Field.integer({ nullable: true, example: 32000 })
  purchaseCostCents: number | null;

  @Field.text({ nullable: true, example: 'US keyboard' })
  notes: string | null;

  static of(device: Device): DeviceView {
    const {
      assetTag,
      serialNumber,
      imei,
      iccid,
      modelId,
      category,
      status,
      condition,
      siteId,
      fundId,
      accessories,
      acquiredOn,
      purchaseCostCents,
      notes,
    } = device;
    return {
      ...VersionedView.parts(device),
      assetTag,
      serialNumber,
      imei,
      iccid,
      modelId,
      category,
      status,
      condition,
      siteId,
      fundId,
      accessories,
      acquiredOn,
      purchaseCostCents,
      notes,
    };
  }
}

export class AlikeDeviceView {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'LT-0002' })
  assetTag: string;
}

/** A device that was just written. */
export class WrittenDeviceView extends DeviceView {
  @Field.nestedList(() => AlikeDeviceView, {
    max: 20,
    optional: true,
    about: 'other devices within reach whose serial number differs by signs, blanks or letters like O and 0 only; nothing was refused',
  })
  possibleDuplicates?: readonly AlikeDeviceView[];

  static written({ device, possibleDuplicates }: WrittenDevice): WrittenDeviceView {
    return { ...DeviceView.of(device), possibleDuplicates };
  }
}

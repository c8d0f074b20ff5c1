import { PartialType } from '@nestjs/swagger';
import { Field, orNull, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import type { DeviceModel } from '../entities/device-model.entity.js';

export class DeviceModelBody {
  @Field.oneOf(DEVICE_CATEGORIES, { example: 'laptop' })
  category: DeviceCategory;

  @Field.text({ example: 'Acme' })
  manufacturer: string;

  @Field.text({ example: 'Book 11' })
  name: string;

  @Field.integer({ ...orNull, example: 32000 })
  unitCostCents?: number | null;
}

export class DeviceModelChanges extends PartialType(DeviceModelBody, { skipNullProperties: false }) {}

export class DeviceModelsQuery extends PageQuery {
  @Parameter.oneOf(DEVICE_CATEGORIES)
  category?: DeviceCategory;
}

export class DeviceModelView extends VersionedView {
  @Field.oneOf(DEVICE_CATEGORIES, { example: 'laptop' })
  category: DeviceCategory;

  @Field.text({ example: 'Acme' })
  manufacturer: string;

  @Field.text({ example: 'Book 11' })
  name: string;

  @Field.integer({ nullable: true, example: 32000 })
  unitCostCents: number | null;

  static of(model: DeviceModel): DeviceModelView {
    const { category, manufacturer, name, unitCostCents } = model;
    return { ...VersionedView.parts(model), category, manufacturer, name, unitCostCents };
  }
}

import { PartialType } from '@nestjs/swagger';
import { Field, VersionedView } from '../../../../platform/http/index.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import type { Kit } from '../entities/kit.entity.js';

class KitComponent {
  @Field.oneOf(DEVICE_CATEGORIES, { example: 'laptop', about: 'each once' })
  category: DeviceCategory;

  @Field.integer({ min: 1, max: 20, example: 1, about: 'how many of the category' })
  count: number;
}

export class KitBody {
  @Field.text({ example: 'Laptop and router' })
  name: string;

  @Field.nestedList(() => KitComponent, { min: 1, max: DEVICE_CATEGORIES.length, about: 'what is in it' })
  components: KitComponent[];

  @Field.integer({ about: 'of the whole kit', example: 38000 })
  costCents: number;
}

export class KitChanges extends PartialType(KitBody, { skipNullProperties: false }) {}

export class KitView extends VersionedView {
  @Field.text({ example: 'Laptop and router' })
  name: string;

  @Field.nestedList(() => KitComponent, { min: 1, about: 'what is in it' })
  components: readonly KitComponent[];

  @Field.integer({ example: 38000 })
  costCents: number;

  static of(kit: Kit): KitView {
    const { name, components, costCents } = kit;
    return { ...VersionedView.parts(kit), name, components, costCents };
  }
}

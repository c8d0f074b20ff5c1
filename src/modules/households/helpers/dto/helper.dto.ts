import { Field, IdPath, orNull } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import type { Helper } from '../../../identity/index.js';
import type { AllowedHelper, HelperToAllow } from '../helpers.service.js';

export class HelperPath extends IdPath {
  @Field.uuid({ about: 'the helper' })
  helperId: string;
}

export class HelperBody {
  @Field.text({ example: 'Association du quartier', about: 'who helps' })
  name: string;

  @Field.day({ about: 'the last day of the help, at most a year from now' })
  until: Day;

  @Field.uuid({ ...orNull, about: 'whose helper it is; a family leaves it out: its own' })
  contactId?: string | null;

  static toAllow({ name, until, contactId = null }: HelperBody): HelperToAllow {
    return { name, until, contactId };
  }
}

export class HelperView {
  @Field.uuid()
  id: string;

  @Field.uuid({ about: 'the contact whose file the helper sees' })
  contactId: string;

  @Field.text({ example: 'Association du quartier', about: 'who helps' })
  name: string;

  @Field.instant({ about: 'since when' })
  allowedAt: string;

  @Field.instant({ about: 'until when, unless it is ended before' })
  expiresAt: string;

  static of({ id, contactId, name, allowedAt, expiresAt }: Helper): HelperView {
    return { id, contactId, name, allowedAt: allowedAt.toISOString(), expiresAt: expiresAt.toISOString() };
  }
}

export class AllowedHelperView extends HelperView {
  @Field.text({ optional: true, about: 'of the helper’s own; shown this once, a replayed answer leaves it out', example: '7K3M-25QX' })
  code?: string;

  static allowed({ helper, code }: AllowedHelper): AllowedHelperView {
    return { ...HelperView.of(helper), code };
  }
}

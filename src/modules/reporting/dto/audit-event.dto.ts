import { Field, PageQuery, Parameter } from '../../../platform/http/index.js';
import type { AuditEventRow } from '../audit-events.repository.js';

export class AuditEventsQuery extends PageQuery {
  @Parameter.text({ max: 60, about: '`user:…`, `client:…`, `contact:…` or `system`' })
  actor?: string;

  @Parameter.text({ max: 60, example: 'device.moved' })
  action?: string;

  @Parameter.uuid({ about: 'id of what it was done to' })
  subject?: string;

  @Parameter.instant({ about: 'at this instant or later' })
  from?: string;

  @Parameter.instant({ about: 'before this instant' })
  to?: string;
}

export class AuditEventView {
  @Field.uuid()
  id: string;

  @Field.instant()
  at: string;

  @Field.text({ example: 'client:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', about: '`user:…`, `client:…`, `contact:…` or `system`' })
  actor: string;

  @Field.text({ example: 'device.moved', about: 'what was done, such as `device.moved`' })
  action: string;

  @Field.uuid({ about: 'id of what it was done to' })
  subject: string;

  @Field.texts({ about: 'names of the fields that changed; never their values', example: ['status'] })
  fields: string[];

  @Field.text({ nullable: true, max: 2000, about: 'what was written as the reason; null when there was none, or it was erased' })
  reason: string | null;

  @Field.boolean({ about: 'whether it is on the hash chain of the council yet' })
  sealed: boolean;

  static of({ ordinal: _ordinal, at, ...event }: AuditEventRow): AuditEventView {
    return { ...event, at: at.toISOString() };
  }
}

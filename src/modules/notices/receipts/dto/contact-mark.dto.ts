import { Field, PageQuery, Parameter } from '../../../../platform/http/index.js';
import type { ContactMark, MarkReason } from '../contact-marks.repository.js';

const REASONS = ['bounced', 'undelivered', 'stopped'] as const satisfies MarkReason[];

export class ContactMarksQuery extends PageQuery {
  @Parameter.uuid()
  householdId?: string;
}

export class ClearingBody {
  @Field.text({ max: 2000, example: 'The family says that the number works again', about: 'why it is tried again' })
  reason: string;
}

export class ContactMarkView {
  @Field.uuid()
  id: string;

  @Field.oneOf(['sms', 'email'], { example: 'sms', about: 'sms: a telephone number; email: a mailbox' })
  channel: 'sms' | 'email';

  @Field.oneOf(REASONS, {
    example: 'stopped',
    about: 'bounced: refused by the mail server; undelivered: says the gateway; stopped: the family wants no more',
  })
  reason: MarkReason;

  @Field.uuid({ nullable: true, about: 'whose contact it is; null: not known' })
  householdId: string | null;

  @Field.uuid({ nullable: true, about: 'whose number or mailbox it is; null: not known' })
  contactId: string | null;

  @Field.uuid({ nullable: true, about: 'the notice that did not arrive' })
  noticeId: string | null;

  @Field.instant({ nullable: true, about: 'since when it is tried again; null: it is not' })
  clearedAt: string | null;

  @Field.instant()
  createdAt: string;

  static of({ createdAt, clearedAt, ...mark }: ContactMark): ContactMarkView {
    return { ...mark, clearedAt: clearedAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
  }
}

export class SmsReceiptView {
  @Field.boolean({ example: true, about: 'always true: the gateway need not send it again' })
  taken: boolean;
}

export class CouncilPath {
  @Field.text({ max: 40, example: 'gonesse' })
  councilCode: string;
}

import { Example, Field, orNull } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { type NoticePolicy, SHIPPED_NOTICE_POLICY } from '../../domain/notice-policy.rules.js';
import { RELATIVE_TIMES, type RelativeTime } from '../../domain/triggers/trigger.js';
import { type Channel, CHANNELS } from '../../domain/channels.js';
import { TRIGGER_NAMES, type TriggerName } from '../../domain/triggers.js';
import type { StoredPolicy } from '../notice-policies.repository.js';

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const NOT_A_TIME = 'must be a time such as 09:00';

/** One rule: what is told when, how often, and how. */
export class NoticeRuleBody {
  @Field.oneOf(TRIGGER_NAMES, { example: 'loan_overdue' })
  trigger: TriggerName;

  @Field.oneOf(RELATIVE_TIMES, { example: 'at', about: 'counted from the moment or the day that the trigger is about' })
  when: RelativeTime;

  @Field.integer({ ...orNull, max: 730, example: 0, about: 'days before or after; 0 for `at`' })
  days?: number | null;

  @Field.integer({ ...orNull, min: 1, max: 365, example: 7, about: 'repeated every so many days' })
  everyDays?: number | null;

  @Field.integer({ ...orNull, min: 1, max: 52, example: 4, about: 'how often in all; once when left out' })
  times?: number | null;

  @Field.manyOf(CHANNELS, {
    min: 1,
    max: 3,
    example: ['sms', 'email', 'letter'],
    about: 'in order: by the first that reaches the person, what they prefer before the others',
  })
  channels: Channel[];
}

class QuietHours {
  @Field.shaped('isTime', isTime, NOT_A_TIME, { max: 5, example: '20:00', about: 'HH:MM in the council’s time zone' })
  from: string;

  @Field.shaped('isTime', isTime, NOT_A_TIME, { max: 5, example: '08:00', about: 'the same as `from`: never quiet' })
  to: string;
}

class Holiday {
  @Field.day({ example: '2026-12-19', about: 'first day' })
  from: Day;

  @Field.day({ example: '2027-01-03', about: 'last day' })
  to: Day;
}

@Example({
  rules: [
    { trigger: 'loan_handed_over', when: 'at', channels: ['sms', 'email', 'letter'] },
    { trigger: 'loan_overdue', when: 'after', days: 7, everyDays: 7, times: 4, channels: ['sms', 'email', 'letter'] },
  ],
  holidays: [{ from: '2026-12-19', to: '2027-01-03' }],
})
export class NoticePolicyBody {
  @Field.nestedList(() => NoticeRuleBody, { max: 200, about: 'a trigger without a rule tells nobody anything' })
  rules: NoticeRuleBody[];

  @Field.shaped('isTime', isTime, NOT_A_TIME, { optional: true, max: 5, example: '09:00', about: 'when reminders leave; shipped: 09:00' })
  reminderTime?: string;

  @Field.nested(() => QuietHours, { optional: true, about: 'no SMS leaves then; shipped: 20:00 to 08:00' })
  quietHours?: QuietHours;

  @Field.boolean({ optional: true, example: false, about: 'whether an SMS may leave on a Sunday; shipped: no' })
  sundays?: boolean;

  @Field.nestedList(() => Holiday, { optional: true, max: 50, about: 'school holidays: what is not urgent waits for their end' })
  holidays?: Holiday[];

  static toPolicy({ rules, ...hours }: NoticePolicyBody): NoticePolicy {
    const { reminderTime, quietHours, sundays, holidays } = { ...SHIPPED_NOTICE_POLICY, ...hours };
    return {
      rules: rules.map(({ trigger, when, days, everyDays, times, channels }) => ({
        trigger,
        when,
        days: days ?? 0,
        everyDays: everyDays ?? null,
        times: times ?? 1,
        channels,
      })),
      reminderTime,
      quietHours,
      sundays,
      holidays,
    };
  }
}

export class NoticePolicyView {
  @Field.nestedList(() => NoticeRuleBody, { max: 200, about: 'the shipped ones before the first PUT' })
  rules: NoticeRuleBody[];

  @Field.text({ max: 5, example: '09:00' })
  reminderTime: string;

  @Field.nested(() => QuietHours)
  quietHours: QuietHours;

  @Field.boolean({ example: false })
  sundays: boolean;

  @Field.nestedList(() => Holiday, { max: 50 })
  holidays: Holiday[];

  @Field.integer({ min: 1, nullable: true, example: 1, about: 'the ETag names it; null before the first PUT' })
  version: number | null;

  @Field.instant({ nullable: true })
  updatedAt: string | null;

  static of({ policy, version, updatedAt }: StoredPolicy): NoticePolicyView {
    const { rules, reminderTime, quietHours, sundays, holidays } = policy;
    return {
      rules: rules.map((rule) => ({ ...rule, channels: [...rule.channels] })),
      reminderTime,
      quietHours: { ...quietHours },
      sundays,
      holidays: [...holidays],
      version,
      updatedAt: updatedAt?.toISOString() ?? null,
    };
  }
}

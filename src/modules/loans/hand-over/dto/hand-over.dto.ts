import { Example, Field, orNull } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import type { Fault } from '../../../../shared/denial.js';
import { DEVICE_CONDITIONS, type DeviceCondition } from '../../../../shared/vocabulary.js';
import { type Agreement, AGREEMENT_METHODS } from '../../domain/agreement.rules.js';
import type { HandOver } from '../hand-over.service.js';

/** Somebody with the right says why the rules are set aside. */
export class OverrideBody {
  @Field.text({
    max: 2000,
    example: 'The only laptop at home broke on the eve of the exam',
    about: 'why the rules are overridden: it is kept in the audit trail',
  })
  reason: string;
}

export class AgreementBody {
  @Field.text({ example: 'Nadia B.', about: 'who signed' })
  signatoryName: string;

  @Field.oneOf(AGREEMENT_METHODS, { example: 'in_person', about: 'how it was signed' })
  method: Agreement['method'];

  @Field.text({ max: 100, example: '2026-09', about: 'the text that the loan policy names' })
  termsVersion: string;
}

export class HandOverItemBody {
  @Field.uuid({ ...orNull, about: 'or assetTag' })
  deviceId?: string | null;

  @Field.text({ max: 100, ...orNull, example: 'LT-0001', about: 'or deviceId' })
  assetTag?: string | null;

  @Field.uuid({ ...orNull, about: 'the household’s open line of the device’s class is fulfilled, named or not' })
  requestLineId?: string | null;

  @Field.oneOf(DEVICE_CONDITIONS, { example: 'good' })
  conditionOut: DeviceCondition;
}

@Example({
  householdId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10',
  siteId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e12',
  items: [{ assetTag: 'LT-0001', conditionOut: 'good' }],
  agreement: { signatoryName: 'Nadia B.', method: 'in_person', termsVersion: '2026-09' },
})
export class HandOverBody {
  @Field.uuid()
  householdId: string;

  @Field.uuid({ about: 'the desk' })
  siteId: string;

  @Field.nestedList(() => HandOverItemBody, { min: 1, max: 20, about: 'the devices that are handed over' })
  items: HandOverItemBody[];

  @Field.nested(() => AgreementBody, { ...orNull, about: 'what was signed; without it 409 AGREEMENT_MISSING' })
  agreement?: AgreementBody | null;

  @Field.day({ ...orNull, about: 'left out: as the policy says' })
  dueOn?: Day | null;

  @Field.nested(() => OverrideBody, { ...orNull, about: 'overrides the reasons that may be overridden, for those who may; null: none is' })
  override?: OverrideBody | null;

  static toHandOver({ householdId, siteId, items, agreement, dueOn, override }: HandOverBody): HandOver {
    return {
      householdId,
      siteId,
      items: items.map(({ deviceId, assetTag, requestLineId, conditionOut }) => ({
        deviceId: deviceId ?? null,
        assetTag: assetTag ?? null,
        requestLineId: requestLineId ?? null,
        conditionOut,
      })),
      agreement: agreement ?? null,
      dueOn: dueOn ?? null,
      override: override ?? null,
    };
  }
}

/** What is wrong with how the items of a body are named: each in one of two ways. */
export function nameFaults<Name extends string>(
  items: readonly Partial<Record<Name, unknown>>[],
  [first, second]: readonly [Name, Name],
): Fault[] {
  return items.flatMap((item, index) => {
    const given = [first, second].filter((name) => item[name] !== undefined && item[name] !== null);
    if (given.length === 1) return [];
    if (given.length === 0)
      return [{ pointer: `/items/${index}/${first}`, code: 'REQUIRED', message: `${first} or ${second} must be given` }];
    return [{ pointer: `/items/${index}/${second}`, code: 'NOT_TAKEN', message: `must be left out where ${first} is given` }];
  });
}

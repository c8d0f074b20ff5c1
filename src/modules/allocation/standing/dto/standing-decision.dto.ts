import { Field, orNull } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { DEVICE_CLASSES, type DeviceClass } from '../../../../shared/vocabulary.js';
import type { NewStandingDecision, StandingDecision } from '../standing-decisions.repository.js';

const CLASSES = Object.keys(DEVICE_CLASSES);
const aClass = { example: 'computer', about: 'null: every class' } as const;
const aSite = { about: 'of whose stock; null: of every site' } as const;
const reason = {
  max: 2000,
  example: 'Un appareil rendu ne doit pas attendre le prochain tour',
  about: 'in plain words, naming nobody',
} as const;
const until = { example: '2027-07-02', about: 'the last day; null: until it is revoked' } as const;

export class StandingDecisionBody {
  @Field.text({ example: 'Retours de l’année scolaire' })
  name: string;

  @Field.oneOf(CLASSES, { ...orNull, ...aClass })
  class?: DeviceClass | null;

  @Field.uuid({ ...orNull, ...aSite })
  siteId?: string | null;

  @Field.text(reason)
  reason: string;

  @Field.day({ about: 'today or later' })
  from: Day;

  @Field.day({ ...orNull, ...until })
  until?: Day | null;

  static toDecision({ name, class: of = null, siteId = null, reason, from, until = null }: StandingDecisionBody): NewStandingDecision {
    return { name, class: of, siteId, reason, from, until };
  }
}

export class RevocationBody {
  @Field.text({ max: 2000, example: 'Les retours attendent désormais le tour du mois', about: 'in plain words, naming nobody' })
  reason: string;
}

export class StandingDecisionView {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'Retours de l’année scolaire' })
  name: string;

  @Field.oneOf(CLASSES, { nullable: true, ...aClass })
  class: DeviceClass | null;

  @Field.uuid({ nullable: true, ...aSite })
  siteId: string | null;

  @Field.text(reason)
  reason: string;

  @Field.day({ about: 'its first day' })
  from: Day;

  @Field.day({ nullable: true, ...until })
  until: Day | null;

  @Field.text({ example: 'user:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', about: 'as the audit trail names who decided' })
  decidedBy: string;

  @Field.instant()
  decidedAt: string;

  @Field.text({ nullable: true, example: null, about: 'as the audit trail names who revoked it' })
  revokedBy: string | null;

  @Field.instant({ nullable: true, example: null, about: 'when it was revoked; null: it was not' })
  revokedAt: string | null;

  @Field.integer({ min: 1, example: 1, about: 'the ETag names it' })
  version: number;

  static of(decision: StandingDecision): StandingDecisionView {
    const { id, name, class: of, siteId, reason, from, until, decidedBy, decidedAt, revokedBy, revokedAt, version } = decision;
    return {
      id,
      name,
      class: of,
      siteId,
      reason,
      from,
      until,
      decidedBy,
      decidedAt: decidedAt.toISOString(),
      revokedBy,
      revokedAt: revokedAt?.toISOString() ?? null,
      version,
    };
  }
}

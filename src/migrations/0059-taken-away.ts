import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

/** What is taken away is told where that was told: the new trigger, and those that give it. */
const GIVEN = { offer_withdrawn: ['offer_made'], pickup_cancelled: ['offer_made', 'pickup_booked', 'pickup_tomorrow'] };
const NAMES = Object.keys(GIVEN)
  .map((trigger) => `'${trigger}'`)
  .join(', ');

const ruleOf = (trigger: string) =>
  JSON.stringify([{ trigger, when: 'at', days: 0, everyDays: null, times: 1, channels: ['sms', 'email', 'letter'] }]);
const addTo = (trigger: string, given: readonly string[]) => `
  UPDATE notice_policies p SET policy = jsonb_set(policy, '{rules}', (policy -> 'rules') || '${ruleOf(trigger)}'::jsonb), version = version + 1
  WHERE EXISTS (
    SELECT FROM jsonb_array_elements(p.policy -> 'rules') r WHERE r ->> 'trigger' IN (${given.map((name) => `'${name}'`).join(', ')}))`;

/** Councils with a policy of their own tell what is taken away from a family, as the shipped one does: there was no trigger to name it by. */
export class TakenAway1790000002360 implements MigrationInterface {
  readonly name = 'TakenAway1790000002360';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      unforced(
        ['notice_policies'],
        Object.entries(GIVEN)
          .map(([trigger, given]) => addTo(trigger, given))
          .join(';'),
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      unforced(
        ['notice_policies', 'notices'],
        `UPDATE notice_policies SET version = version + 1, policy = jsonb_set(policy, '{rules}', coalesce((
           SELECT jsonb_agg(rule ORDER BY place) FROM jsonb_array_elements(policy -> 'rules') WITH ORDINALITY AS r (rule, place)
           WHERE rule ->> 'trigger' NOT IN (${NAMES})), '[]'));
         DELETE FROM notices WHERE trigger IN (${NAMES})`,
      ),
    );
  }
}

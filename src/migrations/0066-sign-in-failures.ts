import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each failed sign-in says until when it counts; failures at one place are found without reading all others. */
export class SignInFailures1790000002450 implements MigrationInterface {
  readonly name = 'SignInFailures1790000002450';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sign_in_failures ADD COLUMN forget_at timestamptz;
      UPDATE sign_in_failures SET forget_at = last_at + interval '30 minutes';
      ALTER TABLE sign_in_failures ALTER COLUMN forget_at SET NOT NULL;
      CREATE INDEX sign_in_failures_at_place ON sign_in_failures (address);
      CREATE INDEX sign_in_failures_forgotten ON sign_in_failures (forget_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX sign_in_failures_forgotten;
      DROP INDEX sign_in_failures_at_place;
      ALTER TABLE sign_in_failures DROP COLUMN forget_at;
    `);
  }
}

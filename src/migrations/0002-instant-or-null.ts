import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reads an instant in stored JSON without failing where there is none. pg_input_is_valid would do, but PostgreSQL has it from version 16 on only. */
export class InstantOrNull1796000000100 implements MigrationInterface {
  readonly name = 'InstantOrNull1796000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION instant_or_null(given text) RETURNS timestamptz LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED AS $$
      BEGIN
        RETURN given::timestamptz;
      EXCEPTION WHEN data_exception THEN
        RETURN NULL;
      END $$;
      COMMENT ON FUNCTION instant_or_null(text) IS 'The instant that a text names; nothing where it names none.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION instant_or_null(text)');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts the pauses of a channel, so that who was refused before one knows of it even when it is over. */
export class ChannelPauses1796000000700 implements MigrationInterface {
  readonly name = 'ChannelPauses1796000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE channel_health ADD COLUMN pause_count integer NOT NULL DEFAULT 0;
      COMMENT ON COLUMN channel_health.pause_count IS 'How many pauses there were since the settings were written.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channel_health DROP COLUMN pause_count');
  }
}

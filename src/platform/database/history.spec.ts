import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const SOURCES = fileURLToPath(new URL('../..', import.meta.url));

/** What takes the greatest id, or the latest time that a process wrote, for the last of something. */
const LAST_BY_CLOCK = [
  /\b(\w+\.)?(\w+_)?id\s+DESC\b/i,
  /\b(max|min)\(\s*(\w+\.)?(\w+_)?id\b/i,
  /\b(\w+\.)?(at|created_at|updated_at|decided_at|received_at)\s+DESC\b/i,
];

/** Places that ask for no last thing: how far a batch in the order of ids has come, and which of very many are shown. */
const NO_LAST = [
  'SELECT line_id AS "lineId" FROM drafted ORDER BY line_id DESC LIMIT 1',
  'GROUP BY h.council_id, h.id ORDER BY h.id DESC LIMIT ${MOST_SHOWN}',
];

test('no statement asks an id or a clock what came last', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('migrations/') && !file.endsWith('.spec.ts'),
  );
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) =>
    readFileSync(join(SOURCES, file), 'utf8')
      .split('\n')
      .filter((line) => LAST_BY_CLOCK.some((pattern) => pattern.test(line)) && !NO_LAST.some((place) => line.includes(place)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

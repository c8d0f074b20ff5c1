import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { Log } from './log.js';
import { readable } from './readable-lines.js';

function linesOf(work: (log: Log) => void): string[] {
  const lines: string[] = [];
  work(new Log({ logLevel: 'info' }, { write: (line) => void lines.push(readable(line)) }));
  // Colours are for terminals only, and there may be one.
  return lines.map((line) =>
    stripVTControlCharacters(line)
      .replace(/^\[[\d:]+\] /, '')
      .trimEnd(),
  );
}

test('a request is one line of words, without ids', () => {
  const request = { requestId: 'r1', traceId: 't1', method: 'GET', route: '/api/v1/devices/:id', caller: 'client:1', council: 'c1' };
  const [answered, hungUp] = linesOf((log) => {
    log.info('request', { ...request, status: 200, milliseconds: 0 });
    log.info('request', { ...request, hungUp: true });
  });
  expect(answered).toBe('INFO: request GET /api/v1/devices/:id 200, 0 ms');
  expect(hungUp).toBe('INFO: request GET /api/v1/devices/:id {"hungUp":true}');
});

test('anything else keeps its fields, on the same line', () => {
  expect(linesOf((log) => log.warn('job failed', { kind: 'invitation.mail', attempt: 3, error: 'ECONNREFUSED' }))).toEqual([
    'WARN: job failed {"kind":"invitation.mail","attempt":3,"error":"ECONNREFUSED"}',
  ]);
});

import { expect, test } from '@jest/globals';
import { Log } from './log.js';

test('while only warnings are wanted, only what is wrong is logged, and everything again after it, however it ends', async () => {
  const messages: string[] = [];
  const log = new Log({ logLevel: 'info' }, { write: (line) => void messages.push((JSON.parse(line) as { msg: string }).msg) });
  const work = log.withWarningsOnly(() => {
    log.info('a request');
    log.warn('a fault');
    return Promise.reject(new Error('it failed'));
  });
  await expect(work).rejects.toThrow('it failed');
  log.info('another request');
  expect(messages).toEqual(['a fault', 'another request']);
});

test('a log of errors only does not become louder', async () => {
  const messages: string[] = [];
  const log = new Log({ logLevel: 'error' }, { write: (line) => void messages.push(line) });
  await log.withWarningsOnly(() => {
    log.warn('a fault');
    return Promise.resolve();
  });
  expect(messages).toEqual([]);
});

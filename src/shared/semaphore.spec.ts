import { expect, test } from '@jest/globals';
import { Semaphore } from './semaphore.js';

/** Work that goes on until the test lets it end. */
function held() {
  let end: (fault?: Error) => void = () => undefined;
  const work = new Promise<void>((resolve, reject) => {
    end = (fault) => (fault ? reject(fault) : resolve());
  });
  return { work, end };
}

test('so many go on at once, the others in the order in which they came, also after one that failed', async () => {
  const semaphore = new Semaphore(2);
  const begun: number[] = [];
  const pieces = Array.from({ length: 4 }, held);
  const done = pieces.map(({ work }, number) =>
    semaphore.run(() => {
      begun.push(number);
      return work;
    }),
  );
  expect(begun).toEqual([0, 1]);
  pieces[1]?.end(new Error('no'));
  await expect(done[1]).rejects.toThrow('no');
  expect(begun).toEqual([0, 1, 2]);
  pieces[0]?.end();
  await done[0];
  pieces[2]?.end();
  pieces[3]?.end();
  expect(await Promise.all([done[2], done[3]])).toEqual([undefined, undefined]);
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('what comes when nothing runs any more begins at once', async () => {
  const semaphore = new Semaphore(1);
  expect(await semaphore.run(() => Promise.resolve('one'))).toBe('one');
  expect(await semaphore.run(() => Promise.resolve('other'))).toBe('other');
});

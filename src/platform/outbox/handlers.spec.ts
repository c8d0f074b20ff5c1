import { expect, test } from '@jest/globals';
import { HandlerRegistry } from './handlers.js';
import { declaredKinds } from './job-kind.js';

test('an event is refused where nobody knows yet who is to hear of it, and taken where nobody wants to', () => {
  const handlers = new HandlerRegistry();
  expect(() => handlers.subscribers('household.changed')).toThrow('who is to hear of household.changed is known only in the application');
  // Other tests in this process may have declared kinds, of which each needs its handler.
  const handlerOf = (kind: string) => ({ metadata: { kind, lane: 'work' as const, idsOf: () => ({}) }, call: () => Promise.resolve() });
  handlers.fill([...declaredKinds].map(handlerOf));
  expect(handlers.subscribers('household.changed')).toEqual([]);
});

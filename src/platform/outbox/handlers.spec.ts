import { expect, test } from '@jest/globals';
import { HandlerRegistry } from './handlers.js';

test('an event is refused where nobody knows yet who is to hear of it, and taken where nobody wants to', () => {
  const handlers = new HandlerRegistry();
  expect(() => handlers.subscribers('household.changed')).toThrow('who is to hear of household.changed is known only in the application');
  handlers.fill([]);
  expect(handlers.subscribers('household.changed')).toEqual([]);
});

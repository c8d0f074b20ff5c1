import { expect, test } from '@jest/globals';
import { day } from '../../../shared/day.js';
import { pageText } from '../../../shared/page-frame.js';
import { scaleOf } from '../domain/priority-policy.rules.js';
import { policiesPage } from './policies.page.js';

test('nothing that was written becomes markup', () => {
  const council = { code: 'gonesse', name: '<script>alert("1")</script>', locale: 'fr' };
  const policy = { version: 1, holdsFrom: day('2026-11-02'), scale: scaleOf([{ criterion: 'learners', points: 7 }]), createdBy: 'system' };
  const page = pageText(policiesPage({ council, policies: [{ ...policy, createdAt: new Date(0), holds: true }] }, 'fr'));
  expect(page).not.toContain('<script');
  expect(page).toContain('2 novembre 2026');
  expect(page.split('&lt;script>alert(&quot;1&quot;)').length - 1).toBe(2); // title and heading
});

import { describe, expect, test } from '@jest/globals';
import { type Actor, COUNCIL_WIDE, NOWHERE, reachInto, reachOfList, reachOver } from './actor.js';

const OWN = '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10';
const OTHER = '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e11';
const common = { councilId: OTHER, scopes: null, sessionId: null };
const family: Actor = { ...common, id: 'contact:1', role: 'family', family: { householdId: OWN, contactId: OTHER }, reach: NOWHERE };
const reach = { schoolId: OTHER, siteId: null };
const staff: Actor = { ...common, id: 'user:1', role: 'school_administrator', family: null, reach };

describe('a family', () => {
  test('reaches all of its own household, however the id is written, and nothing of another', () => {
    expect([reachInto(family, OWN), reachInto(family, OWN.toUpperCase())]).toEqual([COUNCIL_WIDE, COUNCIL_WIDE]);
    expect(reachInto(family, OTHER)).toEqual(NOWHERE);
  });

  test('reaches what is of its own household', async () => {
    expect(await reachOver(family, () => Promise.resolve(OWN))).toEqual(COUNCIL_WIDE);
    for (const owner of [OTHER, null]) expect(await reachOver(family, () => Promise.resolve(owner))).toEqual(NOWHERE);
  });

  test('lists its own, whatever it asks for', () => {
    expect(reachOfList(family, undefined)).toEqual({ householdId: OWN, reach: COUNCIL_WIDE });
    expect(reachOfList(family, OWN)).toEqual({ householdId: OWN, reach: COUNCIL_WIDE });
    expect(reachOfList(family, OTHER)).toEqual({ householdId: OTHER, reach: NOWHERE });
  });
});

describe('everybody else', () => {
  test('reaches as much of a household as of anything, and no owner is asked for', async () => {
    expect(reachInto(staff, OWN)).toEqual(reach);
    expect(await reachOver(staff, () => Promise.reject(new Error('asked')))).toEqual(reach);
  });

  test('lists what they ask for', () => {
    expect(reachOfList(staff, undefined)).toEqual({ householdId: undefined, reach });
    expect(reachOfList(staff, OWN)).toEqual({ householdId: OWN, reach });
  });
});

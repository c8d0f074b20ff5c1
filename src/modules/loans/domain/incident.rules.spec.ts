import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { canMove, states } from '../../../shared/machine.js';
import type { DeviceMove, DeviceStatus } from '../../inventory/index.js';
import {
  INCIDENT_KINDS,
  INCIDENT_OUTCOMES,
  closeIncident,
  incidentRefusals,
  type IncidentFacts,
  type IncidentKind,
  type IncidentOutcome,
} from './incident.rules.js';
import { loanItemMachine, type LoanItemState } from './loan-item.machine.js';

const KINDS = Object.keys(INCIDENT_KINDS) as IncidentKind[];
/** The moves of product.md that incidents make, and the statuses from which a device makes them. */
const DEVICE_MOVES: Partial<Record<DeviceMove, readonly DeviceStatus[]>> = {
  take_back: ['on_loan'],
  declare_lost: ['on_loan'],
  declare_stolen: ['on_loan'],
  write_off: ['on_loan', 'lost', 'stolen'],
  recover: ['lost', 'stolen', 'missing'],
  retire: ['intake', 'available', 'inspection', 'repair', 'missing', 'lost', 'stolen'],
};
/** Where a device can be while its item is in a state. */
const DEVICE_OF: Record<LoanItemState, readonly DeviceStatus[]> = {
  on_loan: ['on_loan'],
  lost: ['lost', 'retired'],
  stolen: ['stolen', 'retired'],
  written_off: ['retired'],
  returned: ['available', 'reserved', 'on_loan', 'inspection', 'repair', 'in_transit', 'lost', 'stolen', 'missing', 'retired'],
};
const incident = fc.constantFrom(...states(loanItemMachine)).chain((item) =>
  fc.record<IncidentFacts>({
    kind: fc.constantFrom(...KINDS),
    state: fc.constantFrom('open', 'closed'),
    item: fc.constant(item),
    device: fc.constantFrom(...DEVICE_OF[item]),
  }),
);
const anIncident = (facts: Partial<IncidentFacts>): IncidentFacts => ({
  kind: 'lost',
  state: 'open',
  item: 'lost',
  device: 'lost',
  ...facts,
});
const refusals = (facts: Partial<IncidentFacts>, outcome: IncidentOutcome) => {
  const closed = closeIncident(anIncident(facts), outcome);
  return closed.ok ? [] : closed.reason.map(({ code }) => code);
};
const effects = (facts: Partial<IncidentFacts>, outcome: IncidentOutcome) => {
  const closed = closeIncident(anIncident(facts), outcome);
  return closed.ok ? closed.value : closed.reason;
};

describe('opening', () => {
  test.prop([fc.constantFrom(...KINDS)])('what opening one moves is possible for an item that is on loan, and for its device', (kind) => {
    const { move } = INCIDENT_KINDS[kind];
    expect(incidentRefusals(kind, { state: 'on_loan', open: [] })).toEqual([]);
    if (move) expect([canMove(loanItemMachine, 'on_loan', move), DEVICE_MOVES[move]?.includes('on_loan')]).toEqual([true, true]);
  });

  test('what came back cannot be lost, and nothing is reported twice', () => {
    expect(incidentRefusals('lost', { state: 'returned', open: [] }).map(({ code }) => code)).toEqual(['ITEM_NOT_ON_LOAN']);
    expect(incidentRefusals('broken', { state: 'on_loan', open: ['broken'] }).map(({ code }) => code)).toEqual(['INCIDENT_ALREADY_OPEN']);
    expect(incidentRefusals('lost', { state: 'on_loan', open: ['claimed_returned'] })).toEqual([]);
  });
});

describe('closing', () => {
  test.prop([incident, fc.constantFrom(...INCIDENT_OUTCOMES)])(
    'whatever it does can be done, to the item and to the device',
    (facts, outcome) => {
      const closed = closeIncident(facts, outcome);
      if (!closed.ok) return;
      if (closed.value.item) expect(canMove(loanItemMachine, facts.item, closed.value.item)).toBe(true);
      if (closed.value.device) expect(DEVICE_MOVES[closed.value.device]).toContain(facts.device);
    },
  );

  test.prop([incident, fc.constantFrom(...INCIDENT_OUTCOMES)])('only as its kind allows, and once', (facts, outcome) => {
    const codes = refusals(facts, outcome);
    expect(codes.includes('INCIDENT_CLOSED')).toBe(facts.state === 'closed');
    expect(codes.includes('OUTCOME_DOES_NOT_FIT')).toBe(!(INCIDENT_KINDS[facts.kind].outcomes as readonly string[]).includes(outcome));
  });

  test('found: the item comes back, and the device is inspected', () => {
    expect(effects({}, 'found')).toEqual({ item: 'return', device: 'recover' });
    expect(effects({ kind: 'claimed_returned', item: 'on_loan', device: 'on_loan' }, 'found')).toEqual({
      item: 'return',
      device: 'take_back',
    });
  });

  test('written off: the item and the device', () => {
    expect(effects({}, 'written_off')).toEqual({ item: 'write_off', device: 'write_off' });
    expect(effects({ kind: 'broken', item: 'on_loan', device: 'on_loan' }, 'written_off')).toEqual({
      item: 'write_off',
      device: 'write_off',
    });
  });

  test('a broken item that was exchanged is written off by retiring its device, wherever it is repaired', () => {
    expect(effects({ kind: 'broken', item: 'returned', device: 'repair' }, 'written_off')).toEqual({ item: null, device: 'retire' });
    expect(effects({ kind: 'broken', item: 'returned', device: 'retired' }, 'written_off')).toEqual({ item: null, device: null });
  });

  test('but never taken from the family that has it now', () => {
    expect(refusals({ kind: 'broken', item: 'returned', device: 'on_loan' }, 'written_off')).toEqual(['DEVICE_IN_USE_AGAIN']);
    expect(refusals({ kind: 'broken', item: 'returned', device: 'stolen' }, 'written_off')).toEqual(['DEVICE_IN_USE_AGAIN']);
    expect(effects({ kind: 'broken', item: 'returned', device: 'on_loan' }, 'repaired')).toEqual({ item: null, device: null });
  });

  test('a claim that was not found moves nothing: the family still has the item, and reminders go on', () => {
    expect(effects({ kind: 'claimed_returned', item: 'on_loan', device: 'on_loan' }, 'not_found')).toEqual({ item: null, device: null });
  });
});

import type { Move, MoveOf, StateOf } from '../../../shared/machine.js';

type Status =
  'intake' | 'available' | 'reserved' | 'on_loan' | 'inspection' | 'repair' | 'in_transit' | 'lost' | 'stolen' | 'missing' | 'retired';

/** The life of one device (product.md, "Devices"). The checks, the answers of the API, the documentation and the tests all read it. */
export const deviceMachine = {
  initial: 'intake',
  moves: {
    prepare: { from: ['intake'], to: 'available' },
    reserve: { from: ['available'], to: 'reserved' },
    release: { from: ['reserved'], to: 'available' },
    hand_over: { from: ['available', 'reserved'], to: 'on_loan' }, // reserved: only to the household that it is held for
    inspect: { from: ['available'], to: 'inspection' },
    take_back: { from: ['on_loan'], to: 'inspection' },
    pass_inspection: { from: ['inspection'], to: 'available' },
    fail_inspection: { from: ['inspection'], to: 'repair' },
    repair_done: { from: ['repair'], to: 'inspection' },
    send: { from: ['available', 'intake'], to: 'in_transit' },
    receive: { from: ['in_transit'], to: ['available', 'intake'] }, // the status that it left
    declare_lost: { from: ['on_loan'], to: 'lost' },
    declare_stolen: { from: ['on_loan'], to: 'stolen' },
    mark_missing: { from: ['intake', 'available', 'reserved', 'inspection', 'repair', 'in_transit'], to: 'missing' },
    write_off: { from: ['on_loan', 'lost', 'stolen'], to: 'retired' },
    recover: { from: ['lost', 'stolen', 'missing'], to: 'inspection' },
    retire: { from: ['intake', 'available', 'inspection', 'repair', 'missing', 'lost', 'stolen'], to: 'retired' },
  },
} as const satisfies { initial: Status; moves: Record<string, Move<Status>> };

export type DeviceStatus = StateOf<typeof deviceMachine>;
export type DeviceMove = MoveOf<typeof deviceMachine>;

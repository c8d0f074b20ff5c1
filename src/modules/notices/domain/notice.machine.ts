import type { Move, StateOf } from '../../../shared/machine.js';

type State = 'scheduled' | 'sending' | 'to_print' | 'sent' | 'printed' | 'delivered' | 'failed' | 'dropped';

/** The states of one notice. A notice is a message to one person about one thing, or its part of a message about several things. */
export const noticeMachine = {
  initial: 'scheduled',
  moves: {
    hand_over: { from: ['scheduled'], to: 'sending' }, // its time has come
    put_off: { from: ['sending'], to: 'scheduled' }, // night, Sunday, holidays
    send: { from: ['sending'], to: 'sent' }, // the provider said yes
    lay_out: { from: ['sending'], to: 'to_print' }, // a letter, for staff to print
    print: { from: ['to_print'], to: 'printed' },
    confirm: { from: ['sent'], to: 'delivered' }, // a receipt came
    fall_back: { from: ['sent', 'delivered', 'to_print'], to: 'sending' }, // it did not arrive after all: by the next channel
    fail: { from: ['sending', 'sent', 'delivered'], to: 'failed' }, // no channel is left
    drop: { from: ['scheduled', 'sending', 'to_print'], to: 'dropped' }, // no longer true, or nobody to tell
  },
} as const satisfies { initial: State; moves: Record<string, Move<State>> };

export type NoticeState = StateOf<typeof noticeMachine>;

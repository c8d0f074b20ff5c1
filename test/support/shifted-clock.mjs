// Loaded before the program: its system clock is apart from the machine's by CLOCK_SHIFT_MS milliseconds, and from SIGUSR2 on by CLOCK_SHIFT_LATER_MS.

const MachineDate = Date;
const { CLOCK_SHIFT_MS = '0', CLOCK_SHIFT_LATER_MS = CLOCK_SHIFT_MS } = process.env;
let shift = Number(CLOCK_SHIFT_MS);
process.on('SIGUSR2', () => {
  shift = Number(CLOCK_SHIFT_LATER_MS);
});

globalThis.Date = class Date extends MachineDate {
  constructor(...given) {
    if (given.length === 0) super(MachineDate.now() + shift);
    else super(...given);
  }

  static now() {
    return MachineDate.now() + shift;
  }
};
